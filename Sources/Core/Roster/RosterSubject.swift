/// What a row of a roster is about, by the roster's ids.
package enum RosterSubject: Sendable, Equatable {
    case school(String)
    case term(String)
    case person(String)
    /// A person whose id cannot be read: anybody whom the roster does not name may be the one.
    case somebody
    case tracker(String)
    /// A person's place in a tracker.
    case place(person: String, tracker: String)
}
