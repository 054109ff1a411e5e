/// A school on the administrator's page. Only schools in the asking administrator's scope become lines.
package struct SchoolLine: Sendable, Equatable {
    package let id: ID<School>
    package let name: String
    /// The school's students by plain state; those of two schools count in each.
    package let counts: StateCounts
    package init(id: ID<School>, name: String, counts: StateCounts) {
        self.id = id
        self.name = name
        self.counts = counts
    }
}

/// How many students became active on a day, for the first time each.
package struct ActivationDay: Sendable, Equatable {
    /// `YYYY-MM-DD`, in the district's time zone.
    package let day: String
    package let count: Int
    package init(day: String, count: Int) {
        self.day = day
        self.count = count
    }
}

/// What the administrator's first page is about, beside its schools.
package struct DistrictOverview: Sendable, Equatable {
    package let name: String
    /// Each student of the scope once.
    package let counts: StateCounts
    package let schools: [SchoolLine]
    /// The last days up to today, the oldest first, with those on which nobody became active.
    package let days: [ActivationDay]
    /// Staff of the scope who have not chosen a password yet.
    package let pendingStaff: Int
    /// The newest plan that waits for an administrator; nil when none does.
    package let waitingPlan: RosterSyncLine?
    /// True when the postman holds mail back.
    package let isMailHeld: Bool
    /// How many rows of a roster may be somebody made by hand, and wait for an answer.
    package let asked: Int
    package init(
        name: String, counts: StateCounts, schools: [SchoolLine], days: [ActivationDay] = [], pendingStaff: Int,
        waitingPlan: RosterSyncLine?, isMailHeld: Bool, asked: Int = 0
    ) {
        self.name = name
        self.counts = counts
        self.schools = schools
        self.days = days
        self.pendingStaff = pendingStaff
        self.waitingPlan = waitingPlan
        self.isMailHeld = isMailHeld
        self.asked = asked
    }
}
