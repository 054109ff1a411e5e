import Foundation

/// A message that FirstBell has written, read back for an administrator. It knows no more of MIME than `MailMessage` writes.
struct ReadMessage {
    private var headers: [String: String] = [:]
    /// The first part of type text/plain, LF between lines; empty without one.
    private(set) var plainText = ""

    init(_ bytes: Data) {
        let text = String(decoding: bytes, as: UTF8.self)
        let (head, body) = Self.split(text)
        headers = Self.headers(head)
        guard let boundary = headers["content-type"]?.firstMatch(of: /boundary="([^"]+)"/)?.output.1 else { return }
        for part in body.components(separatedBy: "--\(boundary)").dropFirst() {
            let (head, content) = Self.split(part.hasPrefix("\r\n") ? String(part.unicodeScalars.dropFirst(2)) : part)
            let fields = Self.headers(head)
            guard fields["content-type"]?.hasPrefix("text/plain") == true else { continue }
            plainText = Self.decoded(content, fields["content-transfer-encoding"] ?? "")
            return
        }
    }

    /// A header's text in plain letters; empty without it.
    subscript(_ name: String) -> String { Self.words(headers[name.lowercased()] ?? "") }

    private static func split(_ text: String) -> (head: String, body: String) {
        guard let gap = text.range(of: "\r\n\r\n") else { return (text, "") }
        return (String(text[..<gap.lowerBound]), String(text[gap.upperBound...]))
    }

    private static func headers(_ head: String) -> [String: String] {
        var headers: [String: String] = [:]
        for line in head.replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        return headers
    }

    /// Undoes RFC 2047: blanks between two encoded words are not part of the text.
    private static func words(_ value: String) -> String {
        value.replacing(/\?=\s+=\?/, with: "?==?").replacing(/=\?utf-8\?B\?([A-Za-z0-9+\/=]*)\?=/) { match in
            String(decoding: Data(base64Encoded: String(match.output.1)) ?? Data(), as: UTF8.self)
        }
    }

    private static func decoded(_ content: String, _ encoding: String) -> String {
        let bytes = TransferEncoding(rawValue: encoding)?.decode(content.utf8) ?? Array(content.utf8)
        let text = String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self)
        return text.trimmingCharacters(in: .newlines) + "\n"
    }
}
