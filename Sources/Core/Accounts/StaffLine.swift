/// The plain states of a staff account: no own password yet, an own password, or taken out by the roster.
package enum StaffState: String, Sendable, CaseIterable { case pending, active, suspended }

/// One row of the administrator's list of staff.
package struct StaffLine: Sendable, Equatable {
    package let id: ID<Account>
    package let name: String
    package let username: String
    package let address: String?
    /// Names of the person's schools, in order.
    package let schools: [String]
    package let isAdministrator: Bool
    package let state: StaffState
    /// The fate of the last activation email; nil when none was ever asked for.
    package let lastMail: MailState?
    package let lastMailAt: Timestamp?
    package init(
        id: ID<Account>, name: String, username: String, address: String?, schools: [String], isAdministrator: Bool,
        state: StaffState, lastMail: MailState? = nil, lastMailAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.address = address
        self.schools = schools
        self.isAdministrator = isAdministrator
        self.state = state
        self.lastMail = lastMail
        self.lastMailAt = lastMailAt
    }
}

/// What a list of staff is narrowed to.
package struct StaffFilter: Sendable, Equatable {
    package var state: StaffState?
    package var school: ID<School>?
    /// Part of a name, username or address; empty for everybody.
    package var search: String
    /// The last row of the page before this one, as `StaffList.next` gave it; nil for the first page.
    package var after: String?
    package init(state: StaffState? = nil, school: ID<School>? = nil, search: String = "", after: String? = nil) {
        self.state = state
        self.school = school
        self.search = search
        self.after = after
    }
}

/// One page of a list of staff, with the counts of the whole list.
package struct StaffList: Sendable, Equatable {
    package let lines: [StaffLine]
    /// Of everybody in the scope, whatever the filter says.
    package let counts: [StaffState: Int]
    /// Pending people with an address and no activation email under way: whom "send to all" would mail.
    package let mailable: Int
    /// How many fit the filter.
    package let found: Int
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(lines: [StaffLine], counts: [StaffState: Int], mailable: Int, found: Int, next: String?) {
        self.lines = lines
        self.counts = counts
        self.mailable = mailable
        self.found = found
        self.next = next
    }
}
