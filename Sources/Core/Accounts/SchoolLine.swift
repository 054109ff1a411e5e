/// A school on the administrator's page. Only schools in the asking administrator's scope become lines.
package struct SchoolLine: Sendable, Equatable {
    package let id: ID<School>
    package let name: String
    package let staff: Int
    /// The school's students by plain state; those of two schools count in each.
    package let counts: StateCounts
    package init(id: ID<School>, name: String, staff: Int, counts: StateCounts) {
        self.id = id
        self.name = name
        self.staff = staff
        self.counts = counts
    }
}

/// What the administrator's first page is about, beside its schools.
package struct DistrictOverview: Sendable, Equatable {
    package let name: String
    /// Each student of the scope once.
    package let counts: StateCounts
    package let schools: [SchoolLine]
    /// Staff of the scope who have not chosen a password yet.
    package let pendingStaff: Int
    /// The newest plan that waits for an administrator; nil when none does.
    package let waitingPlan: RosterSyncLine?
    /// True when the postman holds mail back.
    package let isMailHeld: Bool
    package init(
        name: String, counts: StateCounts, schools: [SchoolLine], pendingStaff: Int, waitingPlan: RosterSyncLine?,
        isMailHeld: Bool
    ) {
        self.name = name
        self.counts = counts
        self.schools = schools
        self.pendingStaff = pendingStaff
        self.waitingPlan = waitingPlan
        self.isMailHeld = isMailHeld
    }
}
