/// Rows for one table, value after value: the way for what comes by the million.
package struct BulkRows: Sendable {
    package let columns: Int
    package private(set) var values: [SQLValue] = []

    package var count: Int { values.count / columns }

    package init(columns: Int, _ rows: [[SQLValue]] = []) {
        self.columns = columns
        for row in rows { add(row) }
    }

    package mutating func add(_ row: [SQLValue]) { values += row }
}

extension Connection {
    /// Inserts rows, up to 64 a statement: few texts for the statement cache, whatever the number of rows.
    package func insert(_ head: SQL, _ rows: BulkRows, _ tail: SQL = "") throws {
        var index = 0
        while index < rows.count {
            let size = [64, 16, 4].first { index + $0 <= rows.count } ?? 1
            let part = rows.values[index * rows.columns..<(index + size) * rows.columns]
            try execute("\(head) VALUES \(SQL.rows(part, columns: rows.columns)) \(tail)")
            index += size
        }
    }
}
