package import Core
package import Foundation

/// A list of students as a school has it: with any separator, with a header or without, uploaded or pasted.
package final class StudentListFile {
    /// What the list looks like; whoever uploads it may know better.
    package let shape: StudentListShape
    private let text: ListText
    private let guess: StudentListGuess

    /// Throws `RosterRefused` for what is no list.
    package convenience init(at file: URL, named name: String) throws {
        try self.init(ListText(at: file, named: name))
    }

    /// `name` stands in reports in place of a file's. Throws `RosterRefused` for what is no list.
    package convenience init(pasted text: String, named name: String) throws {
        try self.init(ListText(pasted: text, named: name))
    }

    /// `open` gives the list's bytes from their beginning, as often as they are needed.
    package convenience init(named name: String, open: @escaping () throws -> any ByteSource) throws {
        try self.init(ListText(named: name, open: open))
    }

    private init(_ text: ListText) throws {
        let guess = StudentListGuess(text)
        self.text = text
        self.guess = guess
        shape = guess.shape
        let hasValues = text.firstRows.dropFirst(guess.rowsBefore).contains { row in row.texts.contains { !$0.isEmpty }
        }
        guard hasValues, !guess.columns.isEmpty else {
            throw RosterRefused(reason: "This list is empty. It takes a line for each student.")
        }
    }

    /// What the list looks like if a person says whether its first line names the columns.
    package func shape(hasHeader: Bool) -> StudentListShape { guess(hasHeader: hasHeader).shape }

    /// Hands over the school, its trackers and students, and who is where. `progress` gets the part behind, from 0 to 1.
    ///
    /// Throws `RosterRefused` for a shape of other columns, or one that has nobody's name. What the list itself shows to be
    /// kept out stays closed whatever the shape says.
    package func read(
        as shape: StudentListShape, in school: RosterSchool, into receiver: inout some RosterReceiver,
        progress: (Double) throws -> Void = { _ in }
    ) throws -> RosterRowCounts {
        let guess = guess(hasHeader: shape.hasHeader)
        guard let shape = guess.shape.taking(shape) else {
            throw RosterRefused(
                reason: "This list has other columns than those that were looked at. Look at it again.")
        }
        guard shape.isReadable else {
            throw RosterRefused(
                reason: "No column of this list says who the students are. Say which one holds their names.")
        }
        let columns = StudentListColumns(shape)
        let key = try StudentListKey(columns, in: table(of: guess, counting: CountedBytes()))
        let whole = RosterPlace(file: text.name, line: 0)
        try receiver.receive(.school(school), at: whole)
        if case .name = key {
            try receiver.report(
                RosterProblem(
                    place: whole, isRefused: false,
                    reason:
                        "The list has no numbers, usernames or addresses, so students are told apart by their names alone. Whoever gets another name counts as somebody new."
                ))
        }
        let counted = CountedBytes()
        let table = try table(of: guess, counting: counted)
        let reader = RosterFileReader(
            table, of: StudentRow(table, columns, by: key, in: school),
            isWindows1252: text.survey.encoding == .windows1252, counted: counted)
        return try reader.read(into: &receiver) { try progress(min(1, Double($0) / Double(max(1, text.survey.size)))) }
    }

    private func guess(hasHeader: Bool) -> StudentListGuess {
        hasHeader == guess.shape.hasHeader ? guess : StudentListGuess(text, hasHeader: hasHeader)
    }

    /// The rows behind the header.
    private func table(of guess: StudentListGuess, counting: CountedBytes) throws -> RosterTable {
        let rows = try text.rows(counting: counting)
        for _ in 0..<guess.rowsBefore { _ = try rows.next() }
        return RosterTable(rows, columns: guess.columns.count, of: text)
    }
}
