/// A row of a roster that may be somebody here: somebody made by hand with the same number in a school of both, or for staff
/// the same address; or somebody whose id the roster has lost, with the same number in a school of both. Nothing of the row is
/// taken until an administrator says whether they are one person. Never by name.
package struct PersonMatch: Sendable, Equatable {
    /// The facts of one of the two.
    package struct Side: Sendable, Equatable {
        package let name: String
        package let username: String?
        package let number: String?
        package let address: String?
        package let grade: String?
        /// Names, in order.
        package let schools: String
        package let trackers: String
        package init(
            name: String, username: String?, number: String?, address: String?, grade: String?, schools: String,
            trackers: String
        ) {
            self.name = name
            self.username = username
            self.number = number
            self.address = address
            self.grade = grade
            self.schools = schools
            self.trackers = trackers
        }
    }
    package let id: ID<PersonMatch>
    package let account: ID<Account>
    package let kind: AccountKind
    /// The id under which the roster knew the account before; nil for one made by hand.
    package let replaces: String?
    /// The id of the row.
    package let sourceID: String
    package let roster: Side
    package let here: Side
    /// True while the one who is here is taken out: linking changes nothing of that.
    package let isSuspended: Bool
    package init(
        id: ID<PersonMatch>, account: ID<Account>, kind: AccountKind, replaces: String? = nil, sourceID: String,
        roster: Side, here: Side, isSuspended: Bool
    ) {
        self.replaces = replaces
        self.sourceID = sourceID
        self.id = id
        self.account = account
        self.kind = kind
        self.roster = roster
        self.here = here
        self.isSuspended = isSuspended
    }
}

/// A page of matches that nobody has answered.
package struct PersonMatchList: Sendable, Equatable {
    package let matches: [PersonMatch]
    /// All of them, on this page or not.
    package let count: Int
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(matches: [PersonMatch] = [], count: Int = 0, next: String? = nil) {
        self.matches = matches
        self.count = count
        self.next = next
    }
}

/// What became of an answer.
package enum MatchAnswer: Sendable, Equatable {
    case saved
    /// Somebody answered before: who, and whether they are the same person.
    case answered(by: String, isSame: Bool)
    /// The person here, or the row, was linked meanwhile, or the roster does not say it any more: nothing is left to ask.
    case gone
}
