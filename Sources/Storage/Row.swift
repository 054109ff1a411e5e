/// One row of a result, read by column name.
package protocol Row {
    func text(_ column: String) throws -> String?
    func integer(_ column: String) throws -> Int64?
    func bool(_ column: String) throws -> Bool?
}

/// A column that is not in the result, or null where a value was asked for, or of another type.
package struct MissingColumn: Error, Equatable {
    package let column: String
    package init(_ column: String) { self.column = column }
}

/// What can be read from a column.
package protocol SQLDecodable { static func decode(_ column: String, from row: any Row) throws -> Self? }
extension String: SQLDecodable {
    package static func decode(_ column: String, from row: any Row) throws -> String? { try row.text(column) }
}
extension Int: SQLDecodable {
    package static func decode(_ column: String, from row: any Row) throws -> Int? {
        try row.integer(column).map(Int.init)
    }
}
extension Bool: SQLDecodable {
    package static func decode(_ column: String, from row: any Row) throws -> Bool? { try row.bool(column) }
}

extension Row {
    package subscript<Value: SQLDecodable>(_ column: String) -> Value {
        get throws {
            guard let value = try Value.decode(column, from: self) else { throw MissingColumn(column) }
            return value
        }
    }
    package subscript<Value: SQLDecodable>(_ column: String) -> Value? {
        get throws { try Value.decode(column, from: self) }
    }
}

/// The same for text, which most columns are: a district is read by the million rows, and generics cost.
extension Row {
    package subscript(_ column: String) -> String {
        get throws {
            guard let value = try text(column) else { throw MissingColumn(column) }
            return value
        }
    }
    package subscript(_ column: String) -> String? { get throws { try text(column) } }
}
