package import Core
package import Foundation

/// Reads a list of student numbers or usernames and addresses: separated by comma, semicolon or tab, with or without a header.
package final class AddressListFile: AddressListReader {
    private let table: CSVReader
    private let counted = CountedBytes()
    private let size: Int
    private let columns: AddressColumns

    /// Throws `RosterRefused` for what is no list.
    package convenience init(at file: URL, named name: String) throws {
        try self.init(ListText(at: file, named: name))
    }

    /// `open` gives the list's bytes from their beginning, as often as they are needed.
    package convenience init(named name: String, open: @escaping () throws -> any ByteSource) throws {
        try self.init(ListText(named: name, open: open))
    }

    private init(_ text: ListText) throws {
        size = text.survey.size
        guard !text.firstRows.isEmpty else {
            throw RosterRefused(
                reason: "This list is empty. It takes a line for each student: a number or username, and the address.")
        }
        columns = try AddressColumns(text.firstRows)
        table = try text.rows(counting: counted)
        if columns.hasHeader { _ = try table.next() }
    }

    package var part: Double { size == 0 ? 1 : min(1, Double(counted.count) / Double(size)) }

    package func next() throws -> AddressListRow? {
        try table.next() ? columns.row(ListCells(table)) : nil
    }
}
