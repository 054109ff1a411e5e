import Mail
import NIOCore

/// An answer as it came: RFC 5321 section 4.2.
struct SMTPReply: Sendable, Equatable {
    let code: Int
    /// Without the codes.
    let lines: [String]

    /// As it was said, fit to be shown.
    var said: [String] {
        lines.enumerated().map { index, line in
            ConversationLine.cleaned("\(code)\(index + 1 < lines.count ? "-" : " ")\(line)")
        }
    }
}

/// Puts a server's bytes together to answers, in bounded memory.
struct ReplyReader {
    static let lineLimit = 4_096
    static let lineCountLimit = 100

    private var buffer = ByteBuffer()
    private var code: Int?
    private var lines: [String] = []

    /// True when nothing is left over: no byte lies beyond the last whole answer.
    var isEmpty: Bool { buffer.readableBytes == 0 && code == nil }

    mutating func take(_ bytes: ByteBuffer) {
        var bytes = bytes
        buffer.writeBuffer(&bytes)
    }

    /// The next whole answer; nil when more bytes are needed. Throws `ConnectionFault.garbage` for what is no answer.
    mutating func next() throws(ConnectionFault) -> SMTPReply? {
        while let end = buffer.readableBytesView.firstIndex(of: 10) {
            let length = end - buffer.readerIndex
            guard length <= Self.lineLimit, var line = buffer.readBytes(length: length) else { throw .garbage }
            buffer.moveReaderIndex(forwardBy: 1)
            if line.last == 13 { line.removeLast() }
            let (number, isLast) = try Self.head(of: line)
            guard code == nil || code == number, lines.count < Self.lineCountLimit else { throw .garbage }
            lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
            if isLast {
                defer { (code, lines) = (nil, []) }
                buffer.discardReadBytes()
                return SMTPReply(code: number, lines: lines)
            }
            code = number
        }
        guard buffer.readableBytes <= Self.lineLimit else { throw .garbage }
        return nil
    }

    private static func head(of line: [UInt8]) throws(ConnectionFault) -> (code: Int, isLast: Bool) {
        let digits = line.prefix(3).map { Int($0) - 48 }
        guard digits.count == 3, (2...5).contains(digits[0]), (0...9).contains(digits[1]), (0...9).contains(digits[2])
        else { throw .garbage }
        let code = 100 * digits[0] + 10 * digits[1] + digits[2]
        if line.count == 3 { return (code, true) }
        switch line[3] {
        case 32: return (code, true)
        case 45: return (code, false)
        default: throw .garbage
        }
    }
}
