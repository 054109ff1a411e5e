import Foundation

/// The short code beside a mailed link, such as `K7P-2XM-H4J`, for those whose mail program breaks links: computed each
/// time, kept nowhere.
///
/// It is bound to the link's row, so that both open the same door and are shut together.
package struct LinkCode: Sendable {
    /// As it is mailed: capitals, with hyphens.
    package let text: Redacted<String>

    /// No letter looks like another, and without vowels, F and K they spell nothing that a child should not read.
    private static let letters = Array("2346789CDHJMPRTVWXY".unicodeScalars)

    /// Computes the code of a link. Throws when its key is missing.
    ///
    /// Form 1, frozen: the stream's label is the form, a zero byte and the link's 16 bytes; nine letters are drawn, 38 bits.
    package init(link: ID<ActivationLink>, keyID: KeyID, keyring: Keyring) throws(KeyringProblem) {
        let key = try keyring.subkey(.linkCode, of: keyID)
        var stream = DrawStream(key: key, label: Array("code-1".utf8) + [0] + link.bytes)
        var code = String.UnicodeScalarView()
        for index in 0..<9 {
            if index > 0, index.isMultiple(of: 3) { code.append("-") }
            code.append(Self.letters[stream.next(below: Self.letters.count)])
        }
        text = Redacted(String(code))
    }

    /// Whether somebody typed this code, however they wrote it; the time taken does not depend on where they erred.
    package func matches(_ typed: Redacted<String>) -> Bool { TemporaryPassword.isSame(typed, text) }
}
