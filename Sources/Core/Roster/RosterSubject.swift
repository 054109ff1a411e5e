/// What a row of a roster is about, by the roster's ids.
package enum RosterSubject: Sendable, Equatable {
    case school(String)
    case term(String)
    case person(String)
    case tracker(String)
    /// A person's place in a tracker.
    case place(person: String, tracker: String)
}
