import Crypto
import Foundation

/// The words of one form, and the pieces of words that must not arise where two of them meet.
package struct WordList: Sendable {
    package let words: [String]
    package let blocked: [String]
    /// SHA-256 of the two files, in hexadecimal, as the tests pin it.
    package let digests: [String]
    private let pieces: [[UInt8]]

    /// The list of a form, read once. Throws when the program's resources are missing.
    package static func of(_ form: PasswordForm) throws -> WordList {
        switch form {
        case .en1: try english.get()
        case .es1: try spanish.get()
        }
    }

    private static let english = Result { try WordList(file: "en-1", blockedFile: "blocked-1") }
    private static let spanish = Result { try WordList(file: "es-1", blockedFile: "blocked-1") }

    private init(file: String, blockedFile: String) throws {
        let files = try [file, blockedFile].map { name in
            try Data(contentsOf: Bundle.module.bundleURL.appending(path: "Words/\(name).txt"))
        }
        words = Self.lines(of: files[0])
        blocked = Self.lines(of: files[1])
        pieces = blocked.map { Array($0.utf8) }
        digests = files.map { file in
            SHA256.hash(data: file).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    private static func lines(of file: Data) -> [String] {
        String(decoding: file, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Whether a blocked piece lies across the seam of two words. Pieces have at most 5 letters and words at least 4,
    /// so that none can reach over three words.
    package func isBlocked(_ first: String, _ second: String) -> Bool {
        let joined = Array(first.utf8) + Array(second.utf8)
        let seam = first.utf8.count
        return pieces.contains { piece in
            (max(0, seam - piece.count + 1)..<seam).contains { joined[$0...].starts(with: piece) }
        }
    }

    /// Whether three words may stand together: different ones, with clean seams.
    package func allows(_ words: [String]) -> Bool {
        Set(words).count == words.count && !zip(words, words.dropFirst()).contains { isBlocked($0, $1) }
    }
}
