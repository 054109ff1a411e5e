internal import CSQLite
internal import GRDB
internal import Storage

/// An `INSERT` of one row, run again for each: GRDB's own way looks at every value three times.
struct SQLiteInsert {
    let statement: Statement
    let db: GRDB.Database

    /// SQLite takes a copy of a text before the call returns (`SQLITE_TRANSIENT`).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func insert(_ rows: BulkRows) throws {
        let handle = statement.sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        var place: Int32 = 0
        for value in rows.values {
            place += 1
            try check(bind(value, at: place, of: handle), SQLITE_OK)
            guard Int(place) == rows.columns else { continue }
            try check(sqlite3_step(handle), SQLITE_DONE)
            sqlite3_reset(handle)
            place = 0
        }
    }

    private func bind(_ value: SQLValue, at place: Int32, of handle: OpaquePointer) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, place)
        case .integer(let number): return sqlite3_bind_int64(handle, place, number)
        case .bool(let truth): return sqlite3_bind_int64(handle, place, truth ? 1 : 0)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    guard let start = characters.baseAddress else {
                        return sqlite3_bind_text(handle, place, "", 0, Self.copied)
                    }
                    return sqlite3_bind_text(handle, place, start, Int32(characters.count), Self.copied)
                }
            }
        }
    }

    private func check(_ code: Int32, _ expected: Int32) throws {
        guard code != expected else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
}
