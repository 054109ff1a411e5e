import Foundation

/// A file that holds one secret, as `FIRSTBELL_SMTP_PASSWORD_FILE` names it.
enum SecretFile {
    /// The file's text without a line end. Throws what is wrong with the file.
    static func read(_ path: String, named setting: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal("\(setting) names \(path), which cannot be read.")
        }
        var text = String(decoding: data, as: UTF8.self)
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        guard !text.isEmpty else { throw Refusal("\(setting) names \(path), which is empty.") }
        return text
    }
}
