/// What a roster of changes says, by which the rows of the roster before are kept or dropped.
struct RosterOverlay {
    private let wholeKinds: Set<RosterRowKey.Kind>
    private let rolesFollowPeople: Bool
    private var named: Set<RosterRowKey> = []
    /// Rows that the changes name and that were refused: what stood there before holds, an older refusal does not.
    private var refused: Set<RosterRowKey> = []
    private var gonePeople: Set<String> = []
    private var goneTrackers: Set<String> = []

    /// More changes than this are no changes: memory holds their ids.
    private static let limit = 500_000

    init(_ changes: RosterChanges) {
        wholeKinds = changes.wholeKinds
        rolesFollowPeople = changes.rolesFollowPeople
    }

    /// Takes note of what was delivered. Throws `RosterRefused` for far too much.
    mutating func note(_ items: [RosterItem]) throws {
        for item in items {
            switch item {
            case .record(let record, _): name(record.key)
            case .removal(let key):
                name(key)
                if key.kind == .person { gonePeople.insert(key.id) }
                if key.kind == .tracker { goneTrackers.insert(key.id) }
            case .problem(let problem): if problem.isRefused, let row = problem.row { refused.insert(row) }
            case .changes: break
            }
        }
        guard named.count + refused.count <= Self.limit else {
            throw RosterRefused(
                reason: "This roster holds more than {value} changes. Export the whole roster (bulk) instead.",
                value: "500,000")
        }
    }

    /// Of the rows of the roster before, those that still hold.
    func leaves(_ item: RosterItem) -> Bool {
        switch item {
        case .record(let record, _): leaves(record)
        case .problem(let problem): problem.isRefused && leaves(problem.row) && leaves(problem.subject)
        case .removal, .changes: false
        }
    }

    /// A kind of which all was given needs no names.
    private mutating func name(_ key: RosterRowKey) {
        if !wholeKinds.contains(key.kind) { named.insert(key) }
    }

    private func leaves(_ record: RosterRecord) -> Bool {
        let key = record.key
        guard !wholeKinds.contains(key.kind), !named.contains(key) else { return false }
        switch record {
        case .role(let role):
            let isReplaced = rolesFollowPeople && named.contains(RosterRowKey(.person, role.personID))
            return !isReplaced && !gonePeople.contains(role.personID)
        case .enrollment(let place):
            return !gonePeople.contains(place.personID) && !goneTrackers.contains(place.trackerID)
        case .school, .term, .person, .tracker: return true
        }
    }

    private func leaves(_ row: RosterRowKey?) -> Bool {
        guard let row else { return true }
        return !wholeKinds.contains(row.kind) && !named.contains(row) && !refused.contains(row)
    }

    /// Who stands behind a refused row is still there, until the changes name the row or its whole kind.
    private func leaves(_ subject: RosterSubject?) -> Bool {
        let key: RosterRowKey
        switch subject {
        case nil: return false
        case .somebody: return !wholeKinds.contains(.person)
        case .school(let id): key = RosterRowKey(.school, id)
        case .term(let id): key = RosterRowKey(.term, id)
        case .person(let id): key = RosterRowKey(.person, id)
        case .tracker(let id): key = RosterRowKey(.tracker, id)
        case .place(let person, let tracker):
            guard !gonePeople.contains(person), !goneTrackers.contains(tracker) else { return false }
            key = RosterRowKey(.enrollment, RosterRowKey.place(person, tracker))
        }
        return !wholeKinds.contains(key.kind) && !named.contains(key)
    }
}
