package import Storage

/// A list of addresses that an administrator gave, from upload to report. Owner of ids.
package struct AddressList: Sendable, Equatable {
    package enum State: String, Sendable, SQLDecodable {
        case reading, ready, refused, applying, applied

        package static func decode(_ column: String, from row: any Row) throws -> Self? {
            try row.text(column).flatMap(Self.init)
        }
    }

    /// How long a preview waits to be confirmed.
    package static let patience = Span.days(1)
    /// How long the report of an applied list can be read; the audit stays.
    package static let memory = Span.days(30)

    package let id: ID<AddressList>
    package let fileName: String
    package let madeAt: Timestamp
    package let madeBy: String
    package let state: State
    package let endsAt: Timestamp
    /// How much of the file is read, in hundredths.
    package let percent: Int
    package let appliedAt: Timestamp?
    /// Why it was not taken: a key of the catalogs, with its `{value}`.
    package let refusal: RosterRefused?
    /// How many lines there are of each finding.
    package let counts: [AddressFinding: Int]
    package let crowds: [Crowd]

    /// An address of the list that more people would share than can be told apart at the door.
    package struct Crowd: Sendable, Equatable {
        package let address: String
        package let people: Int
        package init(address: String, people: Int) {
            self.address = address
            self.people = people
        }
    }

    package init(
        id: ID<AddressList>, fileName: String, madeAt: Timestamp, madeBy: String, state: State, endsAt: Timestamp,
        percent: Int = 0, appliedAt: Timestamp? = nil, refusal: RosterRefused? = nil,
        counts: [AddressFinding: Int] = [:], crowds: [Crowd] = []
    ) {
        self.id = id
        self.fileName = fileName
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.state = state
        self.endsAt = endsAt
        self.percent = percent
        self.appliedAt = appliedAt
        self.refusal = refusal
        self.counts = counts
        self.crowds = crowds
    }

    package subscript(_ finding: AddressFinding) -> Int { counts[finding] ?? 0 }
}

/// What a line of a list would do or has done. Raw values are stored.
package enum AddressFinding: String, Sendable, CaseIterable, SQLDecodable {
    /// The student gets another address.
    case change
    /// The student has this address, and keeps it from now on whatever a roster says.
    case pin
    /// Nothing is to be done.
    case same
    /// The line says once more what an earlier one said.
    case repeated
    /// Two lines give one student different addresses: neither is taken.
    case conflict
    case notFound
    /// The number or name means several students: nobody is guessed.
    case several
    /// The address is somebody else's username.
    case username
    /// There is something wrong with the line; `AddressLine.fault` says what.
    case bad
    case changed, pinned
    /// Confirmed, but meanwhile somebody gave the student another address, or the student left: left as it was.
    case overtaken

    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        try row.text(column).flatMap(Self.init)
    }
}

/// One line of a list, as its page shows it.
package struct AddressLine: Sendable, Equatable {
    package let line: Int
    /// The number or username, as it stands in the list.
    package let named: String
    package let address: String
    package let finding: AddressFinding
    package let fault: AddressFault?
    package let student: ID<Account>?
    package let name: String?
    /// What the student had when the list was read.
    package let before: String?
    package init(
        line: Int, named: String, address: String, finding: AddressFinding, fault: AddressFault? = nil,
        student: ID<Account>? = nil, name: String? = nil, before: String? = nil
    ) {
        self.line = line
        self.named = named
        self.address = address
        self.finding = finding
        self.fault = fault
        self.student = student
        self.name = name
        self.before = before
    }
}
