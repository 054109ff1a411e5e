internal import Storage

extension Connection {
    /// Inserts many rows, 64 a statement: one text for the statement cache, whatever the number of rows.
    func insert(_ head: SQL, rows: [SQL], _ tail: SQL = "") throws {
        var index = 0
        while index < rows.count {
            let size = rows.count - index >= 64 ? 64 : 1
            let values = SQL.joined(Array(rows[index..<index + size]), by: ", ")
            try execute("\(head) VALUES \(values) \(tail)")
            index += size
        }
    }
}

/// Rows for one table, value after value: the way for what comes by the million.
struct BulkRows: Sendable {
    let columns: Int
    private(set) var values: [SQLValue] = []

    init(columns: Int) { self.columns = columns }

    mutating func add(_ row: [SQLValue]) { values += row }
}

extension Connection {
    func insert(_ head: SQL, _ rows: BulkRows, _ tail: SQL = "") throws {
        var index = 0
        while index < rows.values.count {
            let end = index + 64 * rows.columns
            let size = end <= rows.values.count ? 64 : 1
            let part = rows.values[index..<index + size * rows.columns]
            try execute("\(head) VALUES \(SQL.rows(part, columns: rows.columns)) \(tail)")
            index += part.count
        }
    }
}

extension SQLValue {
    static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func integer(_ number: Int?) -> SQLValue { number.map { .integer(Int64($0)) } ?? .null }
    static func id<Owner>(_ id: ID<Owner>) -> SQLValue { .text(id.description) }
}

extension SQL {
    /// `(a, b, c …)` of 64 values at a time, the last repeated, so that few different texts come about.
    static func lists(_ values: [String]) -> [SQL] {
        stride(from: 0, to: values.count, by: 64).map { start in
            var part = Array(values[start..<min(start + 64, values.count)])
            while part.count < 64, let last = part.last { part.append(last) }
            return SQL.list(part)
        }
    }
}
