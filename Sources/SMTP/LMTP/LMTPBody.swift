/// The message after DATA: up to the line with a dot alone, dots at the beginnings of lines undone (RFC 5321 section 4.5.2).
///
/// Lines end with CR LF and with nothing else, so that nobody smuggles a second message in.
struct LMTPBody {
    /// So much is read and thrown away of a message that is too large; then it is taken for one without an end.
    private static let patience = 16_777_216

    private enum Place { case lineStart, dot, dotReturn, inLine, afterReturn }

    let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var isTooLarge = false
    private var place = Place.lineStart
    private var count = 0

    init(limit: Int) { self.limit = limit }

    var isEndless: Bool { count > Self.patience }

    /// Takes bytes up to the end of the message. Returns how many were taken, and whether the end is there.
    mutating func take(_ input: [UInt8]) -> (used: Int, isWhole: Bool) {
        for (index, byte) in input.enumerated() where step(byte) {
            if bytes.count > limit { drop() }
            return (index + 1, true)
        }
        count += input.count
        if bytes.count > limit { drop() }
        return (input.count, false)
    }

    private mutating func drop() {
        isTooLarge = true
        bytes = []
    }

    /// True for the last byte of the message's end.
    private mutating func step(_ byte: UInt8) -> Bool {
        switch (place, byte) {
        case (.lineStart, 46):
            place = .dot
            return false
        case (.dot, 13):
            place = .dotReturn
            return false
        case (.dotReturn, 10): return true
        case (.dotReturn, _): keep(13)
        default: break
        }
        let isAfterReturn = place == .afterReturn || place == .dotReturn
        keep(byte)
        place = byte == 13 ? .afterReturn : byte == 10 && isAfterReturn ? .lineStart : .inLine
        return false
    }

    private mutating func keep(_ byte: UInt8) {
        if !isTooLarge { bytes.append(byte) }
    }
}
