import NIOCore

enum DotStuffing {
    /// A message as it follows DATA (RFC 5321 section 4.5.2): dots at line starts doubled, then the final dot.
    ///
    /// Every line end goes out as CR LF, so that no server can see the end of the message elsewhere.
    static func stuffed(_ message: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(message.count + message.count / 64 + 8)
        var isLineStart = true
        var previous: UInt8 = 0
        for byte in message {
            switch byte {
            case 13:
                buffer.writeBytes([13, 10])
                isLineStart = true
            case 10:
                if previous != 13 { buffer.writeBytes([13, 10]) }
                isLineStart = true
            default:
                if isLineStart, byte == 46 { buffer.writeInteger(byte) }
                buffer.writeInteger(byte)
                isLineStart = false
            }
            previous = byte
        }
        if !isLineStart { buffer.writeBytes([13, 10]) }
        buffer.writeBytes([46, 13, 10])
        return buffer
    }
}
