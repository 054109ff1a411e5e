internal import Storage

extension SQLValue {
    static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    static func integer(_ number: Int?) -> SQLValue { number.map { .integer(Int64($0)) } ?? .null }
    static func id<Owner>(_ id: ID<Owner>) -> SQLValue { .text(id.description) }
}

extension SQL {
    /// `(a, b, c …)` of so many values at a time, the last repeated, so that few different texts come about.
    static func lists(_ values: [String], of sizes: [Int] = [64]) -> [SQL] {
        filled(values, sizes: sizes).map { SQL.list($0) }
    }

    /// `(a, b), (c, d) …` for a `VALUES` that is joined with, up to 64 rows at a time; the last may be there again.
    static func valueLists(_ rows: [[SQLValue]]) -> [SQL] {
        filled(rows, sizes: [1, 4, 16, 64]).map { SQL.rows($0.flatMap { $0 }, columns: $0.first?.count ?? 1) }
    }

    /// Parts of up to the last of the sizes, each filled up to one of them with its last element.
    private static func filled<Element>(_ elements: [Element], sizes: [Int]) -> [[Element]] {
        let most = sizes.last ?? 1
        return stride(from: 0, to: elements.count, by: most).map { start in
            var part = Array(elements[start..<min(start + most, elements.count)])
            let size = sizes.first { $0 >= part.count } ?? most
            while part.count < size, let last = part.last { part.append(last) }
            return part
        }
    }
}
