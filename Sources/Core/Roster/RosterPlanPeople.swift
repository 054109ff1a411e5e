/// What a plan would do to one person.
package enum RosterChangeKind: String, Sendable, CaseIterable { case new, changed, leaving, back }

/// One fact that a plan would change; `before` and `after` are empty where there is none.
package struct RosterFactChange: Sendable, Equatable {
    package enum Fact: String, Sendable, CaseIterable {
        case name, username, address, grade, language, schools, trackers, number, roles, rosterUsername, rosterName
    }
    package let fact: Fact
    package let before: String
    package let after: String
    package init(fact: Fact, before: String, after: String) {
        self.fact = fact
        self.before = before
        self.after = after
    }
}

/// A person in a plan.
package struct RosterPlanPerson: Sendable, Equatable {
    package let kind: AccountKind
    package let name: String
    /// nil where the username is made when the plan is applied.
    package let username: String?
    package let changes: [RosterFactChange]
    package init(kind: AccountKind, name: String, username: String?, changes: [RosterFactChange] = []) {
        self.kind = kind
        self.name = name
        self.username = username
        self.changes = changes
    }
}

/// One page of the people of one school in a plan.
package struct RosterPlanPeople: Sendable, Equatable {
    package let sync: RosterSyncLine
    package let school: RosterPlanSchool
    package let change: RosterChangeKind
    package let people: [RosterPlanPerson]
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(
        sync: RosterSyncLine, school: RosterPlanSchool, change: RosterChangeKind, people: [RosterPlanPerson],
        next: String?
    ) {
        self.sync = sync
        self.school = school
        self.change = change
        self.people = people
        self.next = next
    }
}
