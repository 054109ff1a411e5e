internal import Storage

extension Connection {
    /// Inserts many rows, up to 64 a statement: few texts for the statement cache, whatever the number of rows.
    func insert(_ head: SQL, rows: [SQL], _ tail: SQL = "") throws {
        var index = 0
        while index < rows.count {
            let left = rows.count - index
            let size = Self.sizes.first { $0 <= left } ?? 1
            let values = SQL.joined(Array(rows[index..<index + size]), by: ", ")
            try execute("\(head) VALUES \(values) \(tail)")
            index += size
        }
    }

    private static var sizes: [Int] { [64, 16, 4, 1] }
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

    /// `(a, b), (c, d) …` for a `VALUES` that is joined with, up to 64 rows at a time; the last may be there again.
    static func valueLists(_ rows: [[SQLValue]]) -> [SQL] {
        stride(from: 0, to: rows.count, by: 64).map { start in
            var part = Array(rows[start..<min(start + 64, rows.count)])
            let size = [1, 4, 16, 64].first { $0 >= part.count } ?? 64
            while part.count < size, let last = part.last { part.append(last) }
            return SQL.rows(part.flatMap { $0 }, columns: part.first?.count ?? 1)
        }
    }
}
