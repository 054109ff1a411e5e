/// Somebody as an administrator can change them by hand, as they are now.
package struct PersonByHand: Sendable, Equatable {
    package let id: ID<Account>
    package let kind: AccountKind
    /// The name as it is shown.
    package let name: String
    package let username: String
    /// True for who was made by hand, is named by no roster and is wholly in the scope; of all others only name and trackers
    /// change here.
    package let isFree: Bool
    /// What the roster calls them; nil for whom none names, and where the name may not be changed.
    package let rosterName: RosterName?
    /// The facts, with schools and trackers of the scope. The trackers are those that were given by hand.
    package let typed: TypedPerson
    /// Trackers of the scope that the roster gives.
    package let rosterTrackers: [TrackerName]
    package let isSuspended: Bool
    /// Who lets them in again when a person took them out; nil otherwise: a roster's suspension is the roster's to lift.
    package let lift: SuspensionLift?

    /// Tells whether anybody has changed the facts since a form was drawn.
    package var stamp: String {
        let texts =
            [typed.givenName, typed.familyName, typed.number, typed.grade, typed.language, "\(isFree)"]
            + [rosterName?.given, rosterName?.family].compactMap(\.self)
            + typed.schools.sorted().map(\.description) + ["|"] + typed.trackers.sorted().map(\.description)
        // FNV-1a: it guards nothing, it only tells texts apart.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in texts.joined(separator: "\u{1f}").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// A press of Save on the page of one person.
package struct HandChange: Sendable {
    package let person: ID<Account>
    package let kind: AccountKind
    /// Cleaned.
    package let typed: TypedPerson
    /// `PersonByHand.stamp` as it was when the form was drawn.
    package let stamp: String
    /// Who was shown as there already, and is known to be somebody else.
    package let others: Set<ID<Account>>
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(
        person: ID<Account>, kind: AccountKind, typed: TypedPerson, stamp: String, others: Set<ID<Account>> = [],
        entry: ID<AuditEntry>, now: Timestamp
    ) {
        self.person = person
        self.kind = kind
        self.typed = typed
        self.stamp = stamp
        self.others = others
        self.entry = entry
        self.now = now
    }
}

/// What became of it. Unless it is `saved`, nothing was written.
package enum ChangingByHand: Sendable, Equatable {
    case saved
    case problems(Set<HandProblem>)
    case alreadyThere([PersonThere])
    /// Somebody else changed the person meanwhile; this is how they are now.
    case stale(PersonByHand)
}
