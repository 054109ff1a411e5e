/// Follows UTF-8 through chunks and finds the first byte that breaks it (RFC 3629: no surrogates, no longer forms).
struct UTF8Check {
    /// A byte stood where UTF-8 has no place for it.
    private(set) var isBroken = false
    /// A byte stood that Windows-1252 does not know either.
    private(set) var hasByteOutsideWindows1252 = false
    private var pending = 0
    private var low: UInt8 = 0x80
    private var high: UInt8 = 0xBF

    /// True when the text may end here.
    var isComplete: Bool { !isBroken && pending == 0 }

    mutating func accept(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        let count = bytes.count
        while index < count {
            if pending == 0 {
                while index + 8 <= count,
                    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                }
                guard index < count else { return }
            }
            let byte = bytes[index]
            index += 1
            if byte < 0x80, pending == 0 { continue }
            accept(byte)
        }
    }

    private mutating func accept(_ byte: UInt8) {
        switch byte {
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D: hasByteOutsideWindows1252 = true
        default: break
        }
        guard !isBroken else { return }
        if pending > 0 {
            isBroken = byte < low || byte > high
            pending -= 1
            (low, high) = (0x80, 0xBF)
        } else {
            switch byte {
            case 0xC2...0xDF: pending = 1
            case 0xE0: (pending, low) = (2, 0xA0)
            case 0xED: (pending, high) = (2, 0x9F)
            case 0xE1...0xEF: pending = 2
            case 0xF0: (pending, low) = (3, 0x90)
            case 0xF1...0xF3: pending = 3
            case 0xF4: (pending, high) = (3, 0x8F)
            default: isBroken = true
            }
        }
        if isBroken { pending = 0 }
    }
}
