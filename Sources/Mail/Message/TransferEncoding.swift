import Foundation

/// The ways to write text in lines of at most 76 ASCII characters (RFC 2045 section 6).
enum TransferEncoding: String {
    case quotedPrintable = "quoted-printable"
    case base64

    /// The one that leaves more of the text readable.
    init(for text: [UInt8]) {
        self = text.count { $0 >= 0x80 } * 5 > text.count ? .base64 : .quotedPrintable
    }

    /// Lines with CRLF between them, as in the text.
    func encode(_ text: [UInt8]) -> String {
        switch self {
        case .quotedPrintable: Self.quotedPrintable(text)
        case .base64: Data(text).base64EncodedString(options: [.lineLength76Characters])
        }
    }

    /// Without line ends.
    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func quotedPrintable(_ text: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.count + text.count / 8)
        var column = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == 13, index + 1 < text.count, text[index + 1] == 10 {
                encoded += [13, 10]
                column = 0
                index += 2
                continue
            }
            let endsLine = index + 1 == text.count || text[index + 1] == 13
            // A blank at the end of a line would be lost, and a dot alone on one ends a message.
            let isPlain = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !endsLine
            let width = isPlain ? 1 : 3
            // The sign of the soft line break is the 76th character.
            if column + width > (endsLine ? 76 : 75) {
                encoded += [61, 13, 10]
                column = 0
            }
            encoded += isPlain ? [byte] : [61, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            column += width
            index += 1
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
