/// One row of a Students page: only what the person asking may see.
package struct StudentLine: Sendable, Equatable {
    package let id: ID<Account>
    /// Given name first, as the student is called.
    package let name: String
    package let username: String
    package let address: String?
    /// Those of the student's trackers that the person asking teaches; none for an administrator.
    package let trackers: [TrackerName]
    /// Those of the student's schools that an administrator who asks has in scope; none for a teacher.
    package let schools: [String]
    /// As the roster has it; nil for a teacher who asks.
    package let grade: String?
    package let state: StudentState
    package let lastMailAt: Timestamp?
    /// Why the last mail has not arrived, in the mail server's or our words; nil when nothing is wrong.
    package let lastMailReason: String?
    package let lastCardAt: Timestamp?
    /// When the newest way in stops to work; nil without one.
    package let waitsUntil: Timestamp?
    /// True while somebody has said "This was not me" and nobody has settled it.
    package let isDisowned: Bool
    /// True for an address at which nothing arrives: mail to it came back, or was refused.
    package let isAddressBad: Bool

    package init(
        id: ID<Account>, name: String, username: String, address: String?, trackers: [TrackerName] = [],
        schools: [String] = [], grade: String? = nil, state: StudentState, lastMailAt: Timestamp? = nil,
        lastMailReason: String? = nil, lastCardAt: Timestamp? = nil, waitsUntil: Timestamp? = nil,
        isDisowned: Bool = false, isAddressBad: Bool = false
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.address = address
        self.trackers = trackers
        self.schools = schools
        self.grade = grade
        self.state = state
        self.lastMailAt = lastMailAt
        self.lastMailReason = lastMailReason
        self.lastCardAt = lastCardAt
        self.waitsUntil = waitsUntil
        self.isDisowned = isDisowned
        self.isAddressBad = isAddressBad
    }
}

/// What a list of students is narrowed to and ordered by.
package struct StudentFilter: Sendable, Equatable {
    package enum Order: String, Sendable, CaseIterable { case need, name, mail }
    package var state: StudentState?
    package var tracker: ID<Tracker>?
    /// For administrators; a teacher's list has all of the teacher's schools and grades.
    package var school: ID<School>?
    package var grade: String?
    /// Part of a name, username or address; empty for everybody.
    package var search: String
    package var order: Order
    /// The last row of the page before this one, as `StudentList.next` gave it; nil for the first page.
    package var after: String?
    package init(
        state: StudentState? = nil, tracker: ID<Tracker>? = nil, school: ID<School>? = nil, grade: String? = nil,
        search: String = "", order: Order = .need, after: String? = nil
    ) {
        self.state = state
        self.tracker = tracker
        self.school = school
        self.grade = grade
        self.search = search
        self.order = order
        self.after = after
    }
}

/// One page of a list of students, with the counts of the whole list.
package struct StudentList: Sendable, Equatable {
    package let lines: [StudentLine]
    /// Of everybody in the chosen trackers, school and grade, whatever the state filter and search say.
    package let counts: StateCounts
    /// How many fit the filter.
    package let found: Int
    /// Where the next page begins; nil on the last page.
    package let next: String?
    /// True when a search fits more students than are looked through: `found` is then where it stopped.
    package let isCut: Bool
    package init(lines: [StudentLine], counts: StateCounts, found: Int, next: String?, isCut: Bool = false) {
        self.lines = lines
        self.counts = counts
        self.found = found
        self.next = next
        self.isCut = isCut
    }
}
