/// What a list of students was found to look like, or was said to by a person.
package struct StudentListShape: Sendable, Equatable {
    package struct Column: Sendable, Equatable {
        package var meaning: StudentListMeaning
        /// How sure FirstBell is, from 0 to 1; 1 when a person has said it.
        package var confidence: Double
        /// As it stands in the list; empty without a header.
        package var header: String
        /// Up to three values. None of a column that is not read.
        package var examples: [String]

        package init(
            meaning: StudentListMeaning, confidence: Double = 1, header: String = "", examples: [String] = []
        ) {
            self.meaning = meaning
            self.confidence = confidence
            self.header = header
            self.examples = meaning.isUnread ? [] : examples
        }

        /// False where a person should look.
        package var isCertain: Bool { confidence >= 0.7 }
    }

    package let delimiter: ListDelimiter
    package let hasHeader: Bool
    package let columns: [Column]
    /// The same for lists that have the same columns: an answer for one holds for the others.
    package let fingerprint: String

    package init(delimiter: ListDelimiter, hasHeader: Bool, columns: [Column], fingerprint: String) {
        self.delimiter = delimiter
        self.hasHeader = hasHeader
        self.columns = columns
        self.fingerprint = fingerprint
    }

    /// True where nothing has to be asked before the list is read.
    package var isCertain: Bool { isReadable && columns.allSatisfy(\.isCertain) }

    /// True where a column says who the students are.
    package var isReadable: Bool { columns.contains { Self.whoTheyAre.contains($0.meaning) } }

    /// What the columns hold by a person's word; what is kept out stays so. nil where there are more columns or fewer.
    package func saying(_ meanings: [StudentListMeaning]) -> StudentListShape? {
        guard meanings.count == columns.count else { return nil }
        let columns = zip(columns, meanings).map { column, meaning in
            let meaning = column.meaning == .keptOut ? .keptOut : meaning
            return Column(
                meaning: meaning, confidence: 1, header: column.header,
                examples: column.meaning.isUnread ? [] : column.examples)
        }
        return StudentListShape(
            delimiter: delimiter, hasHeader: hasHeader, columns: columns, fingerprint: fingerprint)
    }

    /// This list's columns with the meanings of another shape; nil where that is of other columns.
    package func taking(_ other: StudentListShape) -> StudentListShape? {
        guard other.fingerprint == fingerprint, other.hasHeader == hasHeader, other.delimiter == delimiter,
            let said = saying(other.columns.map(\.meaning))
        else { return nil }
        let columns = zip(said.columns, other.columns).map { column, other in
            var column = column
            if column.meaning == other.meaning { column.confidence = other.confidence }
            return column
        }
        return StudentListShape(
            delimiter: delimiter, hasHeader: hasHeader, columns: columns, fingerprint: fingerprint)
    }

    private static let whoTheyAre: Set<StudentListMeaning> = [
        .givenName, .familyName, .wholeName, .wholeNameFamilyFirst, .username,
    ]
}
