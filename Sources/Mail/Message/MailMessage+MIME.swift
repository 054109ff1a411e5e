import Core
import Foundation

extension MailMessage {
    /// The whole message as it travels: RFC 5322 headers, then text and HTML as alternatives, all in 7-bit lines.
    package var bytes: [UInt8] {
        // No body can hold the boundary: `=_` occurs neither in quoted-printable nor in base64.
        let boundary = "=_\(id)"
        var message = headers
        message += "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n"
        message += part(text, "text/plain", boundary)
        message += part(html, "text/html", boundary)
        message += "--\(boundary)--\r\n"
        return Array(message.utf8)
    }

    private var headers: String {
        var lines = [
            "Date: \(Self.format(date))",
            "Message-ID: <\(id)@\(sender.address.domain)>",
            "From: \(sender.encoded(after: 6))",
        ]
        if let replyTo { lines.append("Reply-To: \(replyTo.encoded(after: 10))") }
        lines += [
            "To: \(recipient)",
            "Subject: \(subject.encoded(after: 9))",
            // RFC 3834: nobody's holiday answer is wanted.
            "Auto-Submitted: auto-generated",
            "Content-Language: \(language)",
            "MIME-Version: 1.0",
        ]
        return lines.map { $0 + "\r\n" }.joined()
    }

    /// The line end before a boundary is the boundary's (RFC 2046 section 5.1.1), so that a part has one more.
    private func part(_ content: String, _ type: String, _ boundary: String) -> String {
        let bytes = Self.withNetworkLines(content)
        let encoding = TransferEncoding(for: bytes)
        return """
            --\(boundary)\r
            Content-Type: \(type); charset=utf-8\r
            Content-Transfer-Encoding: \(encoding.rawValue)\r
            \r
            \(encoding.encode(bytes))\r

            """
    }

    /// Every CR, LF, CR LF becomes CR LF, one stands at the end; other controls go.
    private static func withNetworkLines(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 64)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 13: bytes += [13, 10]
            case 10: if previous != 13 { bytes += [13, 10] }
            case 9, 32...: if byte != 127 { bytes.append(byte) }
            default: break
            }
            previous = byte
        }
        if bytes.suffix(2) != [13, 10] { bytes += [13, 10] }
        return bytes
    }

    /// RFC 5322 section 3.3, in UTC and in English whatever the reader's language.
    static func format(_ date: Timestamp) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let day = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date.date)
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(day.weekday ?? 1) - 1]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
            (day.month ?? 1) - 1]
        let time = [day.hour, day.minute, day.second].map { part in
            let number = part ?? 0
            return number < 10 ? "0\(number)" : "\(number)"
        }.joined(separator: ":")
        return "\(weekday), \(day.day ?? 1) \(month) \(day.year ?? 1970) \(time) +0000"
    }
}
