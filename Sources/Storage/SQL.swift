/// A piece of SQL whose values travel as bindings, never as text: a `String` cannot become SQL.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Fragment: Sendable {
        case text(StaticString)
        case binding(SQLValue)
        case dialect(sqlite: StaticString, postgreSQL: StaticString)
        case rows([SQLValue], columns: Int)
        case name(String)
    }

    var fragments: [Fragment]

    package init(stringLiteral value: StaticString) { fragments = [.text(value)] }
    package init(stringInterpolation: Interpolation) { fragments = stringInterpolation.fragments }

    init(fragments: [Fragment]) { self.fragments = fragments }

    package struct Interpolation: StringInterpolationProtocol {
        var fragments: [Fragment] = []
        package init(literalCapacity: Int, interpolationCount: Int) {
            fragments.reserveCapacity(2 * interpolationCount + 1)
        }
        package mutating func appendLiteral(_ literal: StaticString) { fragments.append(.text(literal)) }
        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            fragments.append(.binding(value?.sqlValue ?? .null))
        }
        // Said again for the commonest types: importing a district binds them by the million, and generics cost.
        package mutating func appendInterpolation(_ value: String) { fragments.append(.binding(.text(value))) }
        package mutating func appendInterpolation(_ value: String?) {
            fragments.append(.binding(value.map(SQLValue.text) ?? .null))
        }
        package mutating func appendInterpolation(_ value: Int) { fragments.append(.binding(.integer(Int64(value)))) }
        package mutating func appendInterpolation(_ value: Bool) { fragments.append(.binding(.bool(value))) }
        package mutating func appendInterpolation(_ sql: SQL) { fragments += sql.fragments }
    }
}

extension SQL {
    /// The few words on which the databases differ live here, and nowhere else.
    ///
    /// No key of a claimed row ever changes, so whoever adds a row that refers to it is not in the way: a plain FOR UPDATE
    /// would pass over a mailing while any of its mails is written.
    package static let skipLocked = SQL(
        fragments: [.dialect(sqlite: "", postgreSQL: "FOR NO KEY UPDATE SKIP LOCKED")])

    /// Rows that are looked at and then written: they wait for whoever has them, and stand still until this transaction ends.
    /// No key of theirs changes.
    package static let locked = SQL(fragments: [.dialect(sqlite: "", postgreSQL: "FOR NO KEY UPDATE")])

    /// A list of pieces with a word between them, as in `a OR b`; empty when there is nothing to join.
    package static func joined(_ pieces: [SQL], by separator: StaticString) -> SQL {
        var fragments: [Fragment] = []
        for piece in pieces {
            if !fragments.isEmpty { fragments.append(.text(separator)) }
            fragments += piece.fragments
        }
        return SQL(fragments: fragments)
    }

    /// `(a, b, c)` for an `IN`; an empty list matches nothing on both databases.
    package static func list(_ values: [some SQLBindable]) -> SQL {
        if values.isEmpty { return "(NULL)" }
        return rows(values.map(\.sqlValue), columns: values.count)
    }

    /// The name of a table or column that the database itself has told, in quotation marks.
    static func name(_ name: String) -> SQL { SQL(fragments: [.name(name)]) }

    /// `($1, $2), ($3, $4) …` for a `VALUES` of many rows, whose values stand one after the other.
    package static func rows(_ values: some Collection<SQLValue>, columns: Int) -> SQL {
        SQL(fragments: [.rows(Array(values), columns: columns)])
    }

    /// SQL text with `$1…$n` placeholders, which both drivers understand, and the values to bind.
    package func rendered(for dialect: Dialect) -> (text: String, values: [SQLValue]) {
        var text = ""
        text.reserveCapacity(16 * fragments.count)
        var values: [SQLValue] = []
        for fragment in fragments {
            switch fragment {
            case .text(let string): string.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .binding(let value):
                values.append(value)
                text += "$"
                text += String(values.count)
            case .rows(let list, let columns):
                text += Self.places(for: list.count, from: values.count + 1, columns: columns)
                values += list
            case .dialect(let sqlite, let postgreSQL):
                text += "\(dialect == .sqlite ? sqlite : postgreSQL)"
            case .name(let name): text += "\"\(name.replacing("\"", with: "\"\""))\""
            }
        }
        return (text, values)
    }
}

extension SQL {
    private static func places(for count: Int, from first: Int, columns: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(6 * count)
        for index in 0..<count {
            let column = index % columns
            if column == 0 { bytes += index == 0 ? "(".utf8 : ",(".utf8 } else { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "$"))
            bytes += String(first + index).utf8
            if column == columns - 1 { bytes.append(UInt8(ascii: ")")) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The databases whose words differ in places.
package enum Dialect: Sendable { case sqlite, postgreSQL }

/// A value on its way into a statement.
package enum SQLValue: Sendable, Equatable { case null, integer(Int64), text(String), bool(Bool) }

/// What can be bound in a statement.
package protocol SQLBindable: Sendable { var sqlValue: SQLValue { get } }
extension String: SQLBindable { package var sqlValue: SQLValue { .text(self) } }
extension Int: SQLBindable { package var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Bool: SQLBindable { package var sqlValue: SQLValue { .bool(self) } }
