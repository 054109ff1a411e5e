/// A row of a roster by its kind and id, as a roster of changes names the rows that it takes away.
package struct RosterRowKey: Hashable, Sendable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case school, term, person, role, tracker, enrollment
    }
    package let kind: Kind
    /// The row's own id; where a format gives roles and enrollments none, the ids that they join.
    package let id: String
    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }
}

extension RosterRecord {
    package var key: RosterRowKey {
        switch self {
        case .school(let school): RosterRowKey(.school, school.sourceID)
        case .term(let term): RosterRowKey(.term, term.sourceID)
        case .person(let person): RosterRowKey(.person, person.sourceID)
        case .role(let role): RosterRowKey(.role, role.rowID ?? "\(role.personID)\u{1f}\(role.schoolID)")
        case .tracker(let tracker): RosterRowKey(.tracker, tracker.sourceID)
        case .enrollment(let place):
            RosterRowKey(.enrollment, place.rowID ?? RosterRowKey.place(place.personID, place.trackerID))
        }
    }
}

extension RosterRowKey {
    static func place(_ person: String, _ tracker: String) -> String { "\(person)\u{1f}\(tracker)" }
}
