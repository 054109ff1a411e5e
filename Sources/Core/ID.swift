package import Storage

/// An identifier that cannot be mistaken for another kind's: a UUID version 7 (RFC 9562) in lower case.
package struct ID<Owner>: Hashable, Comparable, Sendable, LosslessStringConvertible, SQLBindable, SQLDecodable {
    package let description: String

    /// Takes only the canonical form, 36 characters of `0-9a-f-`; anything else is no id.
    package init?(_ description: String) {
        var text = description
        guard text.utf8.count == 36, text.withUTF8(Self.isCanonical) else { return nil }
        self.description = text
    }

    private static func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in bytes.indices {
            let byte = bytes[index]
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            let isHex = (48...57).contains(byte) || (97...102).contains(byte)
            guard isDash ? byte == 45 : isHex else { return false }
        }
        return true
    }

    /// An id made from the moment and 80 random bits, so that ids made later sort later.
    package init(at now: Timestamp, random: (UInt64, UInt16)) {
        var bytes = [UInt8](repeating: 0, count: 16)
        let milliseconds = UInt64(clamping: now.milliseconds)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * index)) }
        for index in 0..<8 { bytes[6 + index] = UInt8(truncatingIfNeeded: random.0 >> UInt64(8 * index)) }
        bytes[14] = UInt8(truncatingIfNeeded: random.1)
        bytes[15] = UInt8(truncatingIfNeeded: random.1 >> 8)
        bytes[6] = 0x70 | bytes[6] & 0x0f
        bytes[8] = 0x80 | bytes[8] & 0x3f
        self.init(bytes: bytes)
    }

    package static func new(at now: Timestamp) -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(at: now, random: (generator.next(), generator.next()))
    }

    /// The 16 bytes behind the text, for tokens.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var high: UInt8?
        for byte in description.utf8 where byte != 45 {
            let digit = byte <= 57 ? byte - 48 : byte - 87
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }

    /// The id of 16 bytes, as they stand in a token.
    package init(bytes: [UInt8]) {
        precondition(bytes.count == 16)
        let digits = Array("0123456789abcdef".utf8)
        description = String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for (index, byte) in bytes.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    buffer[position] = 45
                    position += 1
                }
                buffer[position] = digits[Int(byte >> 4)]
                buffer[position + 1] = digits[Int(byte & 15)]
                position += 2
            }
            return 36
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
    package var sqlValue: SQLValue { .text(description) }
    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        try row.text(column).flatMap(Self.init)
    }
}
