internal import CSQLite
internal import Storage

/// The row at which a statement stands, read without a copy: good until the next step.
struct SQLiteStep: Row {
    let statement: OpaquePointer
    let columns: [String]

    func text(_ column: String) throws -> String? {
        let index = try index(of: column)
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: return nil
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, index) else { throw MissingColumn(column) }
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            return String(decoding: bytes, as: UTF8.self)
        default: throw MissingColumn(column)
        }
    }

    func integer(_ column: String) throws -> Int64? {
        let index = try index(of: column)
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: return nil
        case SQLITE_INTEGER: return sqlite3_column_int64(statement, index)
        default: throw MissingColumn(column)
        }
    }

    func bool(_ column: String) throws -> Bool? { try integer(column).map { $0 != 0 } }

    private func index(of column: String) throws -> Int32 {
        guard let index = columns.firstIndex(of: column) else { throw MissingColumn(column) }
        return Int32(truncatingIfNeeded: index)
    }
}
