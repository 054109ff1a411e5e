/// A table as the database itself describes it: whoever handles all tables goes by this, so that none can be forgotten.
package struct TableShape: Sendable, Equatable {
    package let name: String
    /// Without those that the database works out by itself, in the order of the table.
    package let columns: [TableColumn]
    /// The primary key.
    package let key: [TableColumn]
    /// The tables that its rows name rows of.
    package let parents: Set<String>
}

/// A column that is written, with its type.
package struct TableColumn: Sendable, Equatable {
    package enum Kind: String, Sendable { case text, bigint, boolean }
    package let name: String
    package let type: Kind

    package init(name: String, type: Kind) {
        self.name = name
        self.type = type
    }

    /// Its value in a row of a result.
    func value(in row: any Row) throws -> SQLValue {
        switch type {
        case .text: try row.text(name).map(SQLValue.text) ?? .null
        case .bigint: try row.integer(name).map(SQLValue.integer) ?? .null
        case .boolean: try row.bool(name).map(SQLValue.bool) ?? .null
        }
    }
}

/// What a schema has that no program of ours can handle.
package struct UnknownSchema: Error, Equatable {
    package let description: String
}

extension TableShape {
    /// The key of the last of some rows of this table.
    package func key(ofLast rows: BulkRows) -> [SQLValue] {
        let last = rows.values.suffix(columns.count)
        return key.compactMap { part in
            columns.firstIndex(of: part).map { last[last.startIndex + $0] }
        }
    }

    /// Parents before children. Throws when tables name each other in a circle.
    static func inOrder(_ tables: [TableShape]) throws -> [TableShape] {
        var (ordered, left) = ([TableShape](), tables)
        var done: Set<String> = []
        while !left.isEmpty {
            let ready = left.filter { $0.parents.subtracting([$0.name]).isSubset(of: done) }
            guard !ready.isEmpty else {
                throw UnknownSchema(description: "tables in a circle: \(left.map(\.name).joined(separator: ", "))")
            }
            ordered += ready
            done.formUnion(ready.map(\.name))
            left.removeAll { done.contains($0.name) }
        }
        return ordered
    }
}
