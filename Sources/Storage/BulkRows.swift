/// Rows for one table, value after value: the way for what comes by the million.
package struct BulkRows: Sendable {
    package let columns: Int
    package private(set) var values: [SQLValue] = []

    package var count: Int { values.count / columns }

    package init(columns: Int) { self.columns = columns }

    package mutating func add(_ row: [SQLValue]) { values += row }
}

extension Connection {
    /// Inserts rows, 64 a statement: one text for the statement cache, whatever the number of rows.
    package func insert(_ head: SQL, _ rows: BulkRows, _ tail: SQL = "") throws {
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
