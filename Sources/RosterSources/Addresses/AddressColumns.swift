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
    init(_ rows: [AddressListCells]) throws {
        guard rows.contains(where: { $0.texts.count > 1 }) else {
            throw RosterRefused(
                reason:
                    "This list has only one column. It takes two: a student’s number or username, then the address, with a comma, semicolon or tab between."
            )
        }
        let header = rows.first.map { $0.texts.map(Self.plain) } ?? []
        func named(_ names: Set<String>) -> Int? { header.firstIndex { names.contains($0) } }
        let hasAddress = rows.first?.texts.contains { $0.utf8.contains(UInt8(ascii: "@")) } ?? false
        let known = [named(Names.number), named(Names.username), named(Names.address)]
        let hasHeader = !hasAddress && known.contains { $0 != nil }
        self.hasHeader = hasHeader
        guard let address = (hasHeader ? named(Names.address) : nil) ?? Self.columnOfAddresses(rows) else {
            throw RosterRefused(
                reason:
                    "No line of this list has an email address. It takes two columns: a student’s number or username, then the address."
            )
        }
        self.address = address
        func other(_ names: Set<String>) -> Int? {
            hasHeader ? header.indices.first { $0 != address && names.contains(header[$0]) } : nil
        }
        let school = other(Names.school)
        self.school = school
        number = other(Names.number)
        username = other(Names.username)
        let others = (0..<(rows.map(\.texts.count).max() ?? 0)).filter { $0 != address && $0 != school }
        either = number == nil && username == nil ? others.first : nil
    }

    func row(_ cells: AddressListCells) -> AddressListRow {
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
    private static func columnOfAddresses(_ rows: [AddressListCells]) -> Int? {
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

    /// A column's name without signs, blanks and capitals.
    private static func plain(_ name: String) -> String {
        var plain = ""
        for scalar in name.lowercased().unicodeScalars where scalar.properties.isAlphabetic || scalar.isNumber {
            plain.unicodeScalars.append(scalar)
        }
        return plain
    }

    private enum Names {
        static let number: Set<String> = [
            "number", "studentnumber", "studentno", "studentid", "id", "idnumber", "identifier", "localid", "sisid",
            "no", "numero", "número", "numerodeestudiante", "númerodeestudiante", "matricula", "matrícula",
        ]
        static let username: Set<String> = [
            "username", "user", "login", "loginid", "userid", "usuario", "nombredeusuario",
        ]
        static let address: Set<String> = [
            "email", "emailaddress", "mail", "mailaddress", "address", "studentemail", "correo", "correoelectronico",
            "correoelectrónico", "direccion", "dirección",
        ]
        static let school: Set<String> = ["school", "schoolname", "schoolid", "building", "escuela", "centro"]
    }
}

extension Unicode.Scalar {
    fileprivate var isNumber: Bool { properties.numericType != nil }
}
