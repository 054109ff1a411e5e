/// What a list of staff is narrowed to.
package struct StaffFilter: Sendable, Equatable {
    package var state: StaffState?
    package var role: StaffRole?
    package var school: ID<School>?
    /// True: only those whose role in the roster waits for an administrator.
    package var isProposed: Bool
    /// True: only those of whom somebody said "This was not me".
    package var isDisowned: Bool
    /// True: only those whom no mail reaches.
    package var hasNoAddress: Bool
    /// Part of a name, username or address; empty for everybody.
    package var search: String
    /// The last row of the page before this one, as `StaffList.next` gave it; nil for the first page.
    package var after: String?
    package init(
        state: StaffState? = nil, role: StaffRole? = nil, school: ID<School>? = nil, isProposed: Bool = false,
        isDisowned: Bool = false, hasNoAddress: Bool = false, search: String = "", after: String? = nil
    ) {
        self.state = state
        self.role = role
        self.school = school
        self.isProposed = isProposed
        self.isDisowned = isDisowned
        self.hasNoAddress = hasNoAddress
        self.search = search
        self.after = after
    }

    /// True when state is all that the list is narrowed to: then its length has been counted already.
    var isByStateAlone: Bool {
        role == nil && school == nil && !isProposed && !isDisowned && !hasNoAddress && search.isEmpty
    }
}

/// One page of a list of staff, with the counts of the whole list.
package struct StaffList: Sendable, Equatable {
    package let lines: [StaffLine]
    /// Of everybody in the scope, whatever the filter says.
    package let counts: [StaffState: Int]
    /// Whose role in the roster waits for an administrator.
    package let proposed: Int
    /// Of whom somebody said "This was not me", and nobody has settled it.
    package let disowned: Int
    /// How many fit the filter.
    package let found: Int
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(
        lines: [StaffLine], counts: [StaffState: Int], proposed: Int = 0, disowned: Int = 0, found: Int, next: String?
    ) {
        self.lines = lines
        self.counts = counts
        self.proposed = proposed
        self.disowned = disowned
        self.found = found
        self.next = next
    }
}
