/// Where the values of one field stand in a row; several places where a file names a column twice, none where it has none.
package struct Column: Equatable, Sendable {
    package let indexes: [Int]
    package init(indexes: [Int]) { self.indexes = indexes }
    var isAbsent: Bool { indexes.isEmpty }
    static let absent = Column(indexes: [])
}

/// The row in hand as values that are found by their column's name, never by position: a line of a file, an object of JSON.
package protocol RosterValues: AnyObject {
    /// The column of the first name, or of the variants that are seen in its place.
    func column(anyOf names: [String]) -> Column
    /// As `column`, but throws `RosterRefused` with file and column where there is none.
    func required(anyOf names: [String]) throws -> Column
    /// The columns of a vendor's own whose name, without punctuation, holds one of the words.
    func metadata(holding words: [String]) -> Column
    /// The first of the column's values in which something stands, without blanks around it; else empty.
    func text(_ column: Column) -> String
    /// Throws for a row whose values cannot be trusted to stand under their columns.
    func checkRow() throws(RowRefused)
}

extension RosterValues {
    func column(_ names: String...) -> Column { column(anyOf: names) }
    func required(_ names: String...) throws -> Column { try required(anyOf: names) }
    func metadata(holding words: String...) -> Column { metadata(holding: words) }
}

/// The name of a field that a vendor added.
package enum MetadataName {
    /// True where the name, as letters only, holds one of the words, which are in lower case.
    package static func holds(_ words: [String], in name: some StringProtocol) -> Bool {
        let letters = name.lowercased().unicodeScalars.filter(\.properties.isAlphabetic)
        let plain = String(String.UnicodeScalarView(letters))
        return words.contains { plain.contains($0) }
    }
}
