/// One row of a Students page: only what the person asking may see.
package struct StudentLine: Sendable, Equatable {
    package let id: ID<Account>
    /// Given name first, as the student is called.
    package let name: String
    package let username: String
    package let address: String?
    /// Those of the student's trackers that the person asking teaches.
    package let trackers: [TrackerName]
    package let state: StudentState
    package let lastMailAt: Timestamp?
    /// Why the last mail has not arrived, in the mail server's or our words; nil when nothing is wrong.
    package let lastMailReason: String?
    package let lastCardAt: Timestamp?
    /// When the newest way in stops to work; nil without one.
    package let waitsUntil: Timestamp?
    /// True while somebody has said "This was not me" and nobody has settled it.
    package let isDisowned: Bool

    package init(
        id: ID<Account>, name: String, username: String, address: String?, trackers: [TrackerName], state: StudentState,
        lastMailAt: Timestamp? = nil, lastMailReason: String? = nil, lastCardAt: Timestamp? = nil,
        waitsUntil: Timestamp? = nil, isDisowned: Bool = false
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.address = address
        self.trackers = trackers
        self.state = state
        self.lastMailAt = lastMailAt
        self.lastMailReason = lastMailReason
        self.lastCardAt = lastCardAt
        self.waitsUntil = waitsUntil
        self.isDisowned = isDisowned
    }
}

/// What a list of students is narrowed to and ordered by.
package struct StudentFilter: Sendable, Equatable {
    package enum Order: String, Sendable, CaseIterable { case need, name, mail }
    package var state: StudentState?
    package var tracker: ID<Tracker>?
    /// Part of a name, username or address; empty for everybody.
    package var search: String
    package var order: Order
    /// The last row of the page before this one, as `StudentList.next` gave it; nil for the first page.
    package var after: String?
    package init(
        state: StudentState? = nil, tracker: ID<Tracker>? = nil, search: String = "", order: Order = .need,
        after: String? = nil
    ) {
        self.state = state
        self.tracker = tracker
        self.search = search
        self.order = order
        self.after = after
    }
}

/// One page of a list of students, with the counts of the whole list.
package struct StudentList: Sendable, Equatable {
    package let lines: [StudentLine]
    /// Of everybody in the chosen trackers, whatever the state filter and search say.
    package let counts: StateCounts
    /// How many fit the filter.
    package let found: Int
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(lines: [StudentLine], counts: StateCounts, found: Int, next: String?) {
        self.lines = lines
        self.counts = counts
        self.found = found
        self.next = next
    }
}
