internal import CPostgreSQL
internal import Storage

/// What a statement gave back.
final class ServerResult {
    private let handle: OpaquePointer
    private let columns: [String]

    init(_ handle: OpaquePointer) {
        self.handle = handle
        columns = (0..<PQnfields(handle)).map { String(cString: PQfname(handle, $0)) }
    }

    deinit { PQclear(handle) }

    var count: Int32 { PQntuples(handle) }

    /// How many rows the statement changed or gave.
    var changed: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The statement's kind as the server says it: a `COMMIT` of a failed transaction answers `ROLLBACK`.
    var tag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    func row(_ index: Int32) -> any Row { ServerRow(result: self, index: index) }

    var rows: [any Row] { (0..<count).map(row) }

    /// The bytes of a value, or nil for a null. Throws when there is no such column.
    fileprivate func bytes(_ column: String, row: Int32) throws -> UnsafeRawBufferPointer? {
        guard let index = columns.firstIndex(of: column) else { throw MissingColumn(column) }
        let field = Int32(index)
        guard PQgetisnull(handle, row, field) == 0, let value = PQgetvalue(handle, row, field) else { return nil }
        return UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(handle, row, field)))
    }
}

private struct ServerRow: Row {
    let result: ServerResult
    let index: Int32

    func text(_ column: String) throws -> String? {
        try result.bytes(column, row: index).map { String(decoding: $0, as: UTF8.self) }
    }

    func integer(_ column: String) throws -> Int64? {
        guard let bytes = try result.bytes(column, row: index) else { return nil }
        guard let value = Int64(String(decoding: bytes, as: UTF8.self)) else { throw MissingColumn(column) }
        return value
    }

    func bool(_ column: String) throws -> Bool? {
        guard let bytes = try result.bytes(column, row: index) else { return nil }
        switch bytes.first {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: throw MissingColumn(column)
        }
    }
}
