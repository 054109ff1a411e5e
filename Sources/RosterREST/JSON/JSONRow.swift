import Core
import RosterSources

/// A JSON object as a row with the columns of OneRoster's files, where those have other names.
final class JSONRow: RosterValues {
    var object: JSONValue = .null
    private enum Place {
        case names([String])
        case metadata([String])
    }
    private var places: [Place] = []

    func column(anyOf names: [String]) -> Column { column(.names(names.map { Self.members[$0] ?? $0 })) }

    /// An object may leave out what it likes; a row without its id or name is refused for that.
    func required(anyOf names: [String]) throws -> Column { column(anyOf: names) }

    func metadata(holding words: [String]) -> Column { column(.metadata(words)) }

    func text(_ column: Column) -> String {
        for index in column.indexes {
            let text = Substring(text(at: places[index])).trimmingBlanks()
            if !text.isEmpty { return text }
        }
        return ""
    }

    /// A field of another form would look as if nothing stood there.
    func checkRow() throws(RowRefused) {
        guard case .object(let members) = object else { return }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where name != "metadata" {
            let form = JSONForm(of: name)
            guard form.fits(value) else {
                throw RowRefused(
                    reason: "The field {value} has not the form of OneRoster. Correct it in the student system.",
                    value: name)
            }
            guard !form.hasDividedIDs(value) else {
                throw RowRefused(
                    reason:
                        "An id in {value} has a comma or a bracket in it, which cannot be told from two ids. Change it in the student system.",
                    value: name)
            }
        }
    }

    private func column(_ place: Place) -> Column {
        places.append(place)
        return Column(indexes: [places.count - 1])
    }

    private func text(at place: Place) -> String {
        switch place {
        case .names(let names): return names.lazy.compactMap { self.object[$0]?.text }.first { !$0.isEmpty } ?? ""
        case .metadata(let words):
            guard case .object(let members)? = object["metadata"] else { return "" }
            let fitting = members.keys.filter { MetadataName.holds(words, in: $0) }.sorted()
            return fitting.lazy.compactMap { members[$0]?.text }.first { !$0.isEmpty } ?? ""
        }
    }

    /// References, under the names of the columns that hold their ids.
    private static let members = [
        "orgSourcedIds": "orgs", "orgSourcedId": "org", "primaryOrgSourcedId": "primaryOrg",
        "parentSourcedId": "parent", "schoolSourcedId": "school", "termSourcedIds": "terms",
        "classSourcedId": "class", "userSourcedId": "user",
    ]
}
