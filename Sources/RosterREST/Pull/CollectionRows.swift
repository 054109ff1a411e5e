import Core
import RosterSources

/// Hands over the rows of a collection, and with the users of OneRoster 1.2 the roles that stand inside them.
struct CollectionRows {
    private let collection: OneRosterCollection
    private let fields: Set<String>
    private let values = JSONRow()
    private var taker: RosterRowTaker
    private let roleValues = JSONRow()
    private var roles: RosterRowTaker?
    private var line = 0

    init(_ collection: OneRosterCollection, _ version: OneRosterVersion, fields: [String], isDelta: Bool) throws {
        self.collection = collection
        self.fields = Set(fields)
        let peopleHaveRoles = version != .v1_2
        taker = try RosterRowTaker(
            oneRosterFile: collection.file, values, peopleHaveRoles: peopleHaveRoles,
            isDelta: isDelta)
        guard collection == .users, !peopleHaveRoles else { return }
        roles = try RosterRowTaker(
            oneRosterFile: "roles.csv", roleValues, peopleHaveRoles: false, isDelta: isDelta)
    }

    mutating func take(
        _ page: JSONPage, into receiver: inout some RosterReceiver
    ) throws {
        for number in 0..<page.count {
            line += 1
            values.object = try page.row(number, keeping: fields)
            let marked = taker.counts.markedForDeletion
            try taker.take(at: place, into: &receiver)
            // Whose row is gone has no roles any more.
            if taker.counts.markedForDeletion == marked { try takeRoles(into: &receiver) }
        }
    }

    mutating func finish(into receiver: inout some RosterReceiver, summary: inout RosterSummary) throws {
        try taker.finish(collection.name, into: &receiver)
        summary.add(taker.counts, of: collection.name)
        guard let roles else { return }
        try roles.finish(collection.name, into: &receiver)
        summary.add(roles.counts, of: "roles")
    }

    func warnOfNone(in receiver: inout some RosterReceiver) throws {
        try receiver.report(
            RosterProblem(
                place: RosterPlace(file: collection.name, line: 0), isRefused: false,
                reason: "{value} is missing or has no rows: teachers will see no students.", value: collection.name))
    }

    private var place: RosterPlace { RosterPlace(file: collection.name, line: line) }

    private mutating func takeRoles(into receiver: inout some RosterReceiver) throws {
        guard roles != nil, case .array(let list)? = values.object["roles"] else { return }
        let person = values.object["sourcedId"] ?? .null
        let place = place
        var counts: [String: Int] = [:]
        for case .object(var role) in list {
            // A role has no id of its own here: the first, second … that this person has in this school, so that changes find it.
            let school = role["org"]?.text ?? ""
            role["sourcedId"] = .text("\(person.text)/\(school)/\(counts[school, default: 0])")
            role["user"] = person
            role["status"] = nil
            counts[school, default: 0] += 1
            roleValues.object = .object(role)
            try roles?.take(at: place, into: &receiver)
        }
    }
}
