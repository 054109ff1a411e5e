import Crypto
import Foundation

/// The row that says with which key and form a student's temporary password is made. Owner of ids.
package enum Credential {}

/// Three different words and a digit from 2 to 9, such as `maple-otter-sunny-7`: computed each time, kept nowhere.
package struct TemporaryPassword: Sendable {
    /// As it is printed: lower case, with hyphens.
    package let text: Redacted<String>

    /// Computes the password of a credential. Throws when its key or its word list is missing.
    ///
    /// Form 1, frozen: the stream's label is the form, a zero byte and the credential's 16 bytes. Three words are drawn, all
    /// three again while they are not allowed together, then the digit.
    package init(credential: ID<Credential>, keyID: KeyID, form: PasswordForm, keyring: Keyring) throws {
        let list = try WordList.of(form)
        let key = try keyring.subkey(.temporaryPassword, of: keyID)
        var stream = DrawStream(key: key, label: Array(form.rawValue.utf8) + [0] + credential.bytes)
        var words: [String]
        repeat {
            words = (0..<3).map { _ in list.words[stream.next(below: list.words.count)] }
        } while !list.allows(words)
        text = Redacted((words + [String(2 + stream.next(below: 8))]).joined(separator: "-"))
    }

    /// Whether somebody typed this password, however they wrote it; the time taken does not depend on where they erred.
    package func matches(_ typed: Redacted<String>) -> Bool { Self.isSame(typed, text) }

    /// Whether two texts are one, however they were written.
    static func isSame(_ typed: Redacted<String>, _ known: Redacted<String>) -> Bool {
        // Comparing digests takes the same time whatever the lengths; swift-crypto compares them in constant time.
        digest(of: typed) == digest(of: known)
    }

    private static func digest(of typed: Redacted<String>) -> SHA256Digest {
        SHA256.hash(data: Data(canonical(typed.value).utf8))
    }

    /// What was typed without case, blanks, hyphens, stops, accents and tildes; empty for what is far too long.
    package static func canonical(_ typed: String) -> String {
        guard typed.unicodeScalars.prefix(129).count <= 128 else { return "" }
        var canonical = String.UnicodeScalarView()
        for scalar in typed.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar.properties.generalCategory {
            case .dashPunctuation, .connectorPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator,
                .control,
                .format, .nonspacingMark:
                continue
            default:
                if scalar != "." && scalar != "," && scalar != "\u{2212}" { canonical.append(scalar) }
            }
        }
        return String(canonical)
    }
}
