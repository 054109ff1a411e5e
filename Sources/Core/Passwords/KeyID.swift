package import Storage

/// The name of a key of the keyring, `k1`, `k2`, …; later keys have higher numbers. Stands in every row made with it.
package struct KeyID: Hashable, Comparable, Sendable, LosslessStringConvertible, SQLBindable, SQLDecodable {
    package let number: Int

    package init?(_ description: String) {
        guard description.utf8.count <= 7, description.utf8.first == UInt8(ascii: "k"),
            let number = Int(description.dropFirst()), number > 0, description == "k\(number)"
        else { return nil }
        self.number = number
    }

    init(number: Int) { self.number = number }

    package var description: String { "k\(number)" }
    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    package var sqlValue: SQLValue { .text(description) }
    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        try row.text(column).flatMap(Self.init)
    }
}
