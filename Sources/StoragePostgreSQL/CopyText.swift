internal import Storage

/// Rows in the text form of COPY (PostgreSQL documentation, COPY, "Text Format").
enum CopyText {
    /// Throws `StorageError.unstorable` for a text with U+0000.
    static func bytes(of rows: BulkRows) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.values.count * 16)
        for (index, value) in rows.values.enumerated() {
            switch value {
            case .null: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
            case .bool(let flag): bytes.append(UInt8(ascii: flag ? "t" : "f"))
            case .integer(let number): bytes += String(number).utf8
            case .text(let text): try add(text, to: &bytes)
            }
            let isLast = (index + 1) % rows.columns == 0
            bytes.append(UInt8(ascii: isLast ? "\n" : "\t"))
        }
        return bytes
    }

    private static func add(_ text: String, to bytes: inout [UInt8]) throws {
        for byte in text.utf8 {
            switch byte {
            case 0: throw StorageError.unstorable
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            default: bytes.append(byte)
            }
        }
    }
}
