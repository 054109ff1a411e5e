import Core

/// Which columns of a list hold what: by their header, or else by where the @ stands.
struct AddressColumns {
    let hasHeader: Bool
    private let number: Int?
    private let username: Int?
    private let school: Int?
    private let address: Int
    /// Stands for number or username, where no header says which.
    private let either: Int?

    /// `rows` are the first of the list. Throws `RosterRefused` where they have no two columns, or no address.
    init(_ rows: [ListCells]) throws {
        guard rows.contains(where: { $0.texts.count > 1 }) else {
            throw RosterRefused(
                reason:
                    "This list has only one column. It takes two: a student’s number or username, then the address, with a comma, semicolon or tab between."
            )
        }
        let header = rows.first.map { $0.texts.map { ListColumnName($0).kind } } ?? []
        func named(_ kinds: ListColumnName.Kind...) -> Int? { header.firstIndex { $0.map(kinds.contains) ?? false } }
        let hasAddress = rows.first?.texts.contains { $0.utf8.contains(UInt8(ascii: "@")) } ?? false
        let known = [named(.number), named(.username), named(.mail, .address)]
        let hasHeader = !hasAddress && known.contains { $0 != nil }
        self.hasHeader = hasHeader
        guard let address = (hasHeader ? named(.mail, .address) : nil) ?? Self.columnOfAddresses(rows) else {
            throw RosterRefused(
                reason:
                    "No line of this list has an email address. It takes two columns: a student’s number or username, then the address."
            )
        }
        self.address = address
        func other(_ kind: ListColumnName.Kind) -> Int? {
            hasHeader ? header.indices.first { $0 != address && header[$0] == kind } : nil
        }
        let school = other(.school)
        self.school = school
        number = other(.number)
        username = other(.username)
        let others = (0..<(rows.map(\.texts.count).max() ?? 0)).filter { $0 != address && $0 != school }
        either = number == nil && username == nil ? others.first : nil
    }

    func row(_ cells: ListCells) -> AddressListRow {
        let byNumber = cells[number]
        let byUsername = cells[username]
        let named: (text: String, kind: AddressListRow.Kind) =
            either.map { (cells[$0], .either) }
            ?? (byNumber.isEmpty && !byUsername.isEmpty ? (byUsername, .username) : (byNumber, .number))
        let address = cells[address]
        let school = cells[school]
        let fault: AddressFault? =
            switch cells.fault {
            case .tooLong?: .tooLong
            case .strayQuote?: .quote
            case nil: named.text.isEmpty ? .nobody : AddressFault.of(address)
            }
        return AddressListRow(
            line: cells.line, named: named.text, kind: named.kind, school: school.isEmpty ? nil : school,
            address: address, fault: fault)
    }

    /// The column with most addresses; of two with as many the later one, since usernames may look like addresses.
    private static func columnOfAddresses(_ rows: [ListCells]) -> Int? {
        var counts: [Int] = []
        for row in rows {
            while counts.count < row.texts.count { counts.append(0) }
            for (index, text) in row.texts.enumerated() where text.utf8.contains(UInt8(ascii: "@")) {
                counts[index] += 1
            }
        }
        guard let most = counts.max(), most > 0 else { return nil }
        return counts.lastIndex(of: most)
    }
}
