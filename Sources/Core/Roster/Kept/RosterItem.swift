/// What a reader delivers, in the order in which it does.
enum RosterItem: Sendable, Equatable {
    case record(RosterRecord, RosterPlace)
    case problem(RosterProblem)
    /// In a roster of changes: this row is there no more.
    case removal(RosterRowKey)
    /// Comes first, where the roster holds changes only.
    case changes(RosterChanges)
}

/// A roster that is not whole: changes to one that FirstBell has.
package struct RosterChanges: Sendable, Equatable {
    /// Kinds of rows of which the roster has all that there are, which take the place of those before.
    package let wholeKinds: Set<RosterRowKey.Kind>
    /// True where a person's row brings all of their roles: those of before that it does not name are gone.
    package let rolesFollowPeople: Bool
    package init(wholeKinds: Set<RosterRowKey.Kind>, rolesFollowPeople: Bool = false) {
        self.wholeKinds = wholeKinds
        self.rolesFollowPeople = rolesFollowPeople
    }
}
