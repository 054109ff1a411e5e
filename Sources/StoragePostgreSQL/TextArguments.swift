internal import CPostgreSQL
internal import Storage

/// Values as PostgreSQL reads them: one run of bytes, each value ended by a zero.
struct TextArguments {
    private var bytes: [CChar] = []
    /// Where each value begins; nil for a null.
    private var starts: [Int?] = []

    /// Throws `StorageError.unstorable` for a text with U+0000, which PostgreSQL cannot hold.
    init(_ values: [SQLValue]) throws {
        starts.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: starts.append(nil)
            case .bool(let flag): add(flag ? "t" : "f")
            case .integer(let number): add(String(number))
            case .text(let text):
                guard !text.utf8.contains(0) else { throw StorageError.unstorable }
                add(text)
            }
        }
    }

    private mutating func add(_ text: String) {
        starts.append(bytes.count)
        for byte in text.utf8 { bytes.append(CChar(bitPattern: byte)) }
        bytes.append(0)
    }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            let pointers = starts.map { start in start.flatMap { buffer.baseAddress?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}

extension SQLValue {
    /// int8, text and bool; 0 lets the server find the type of a null by its place.
    var oid: Oid {
        switch self {
        case .null: 0
        case .integer: 20
        case .text: 25
        case .bool: 16
        }
    }
}
