import Core
import Rendering

extension Words {
    /// A name as it is shown; of somebody who was erased none is left.
    func person(_ name: String) -> String {
        let words = self
        return name.isEmpty ? words("an erased person") : name
    }
}

/// The words about people who left.
enum LeaverWords {
    static func name(_ group: LeaverFilter.Group, _ words: Words) -> String {
        switch group {
        case .left: words("Left")
        case .archived: words("Archived")
        case .due: words("Can be erased now")
        case .kept: words("Kept")
        }
    }

    static func people(_ count: Int, _ words: Words) -> String {
        words.plural("{count} person", "{count} people", count)
    }

    /// When somebody is erased, or why not.
    static func end(of leaver: Leaver, _ rules: LeaverRules, _ visit: Visit) -> String {
        let words = visit.words
        switch leaver.kept {
        case .administrator: return words("Kept: is an administrator")
        case .byHand: return words("Kept: was added by hand")
        case .pinned: return words("Kept: has an address or username that was given here")
        case .asked: return words("Kept: a row of the roster may be this person")
        case .mailed: return words("Kept: a mail is leaving at this moment")
        case nil: break
        }
        guard let moment = rules.erasable(since: leaver.leftAt) else { return words("Never") }
        if moment <= visit.now { return words("Can be erased now") }
        return words.date(moment.date, visit.zone)
    }

    static func kind(_ kind: AccountKind, _ words: Words) -> String {
        kind == .student ? words("Student") : words("Staff")
    }
}

extension LeaverFilter {
    static let path = "/admin/leavers/people"

    /// The address of the list of names with this filter.
    var address: String { address(at: Self.path) }

    /// The same for another page that takes it.
    func address(at path: String) -> String {
        PageAddress(
            path, ["group": group == .left ? nil : group.rawValue, "school": place.text, "after": after]
        ).description
    }
}

extension LeaverFilter.Place {
    /// As it stands in addresses; nil for anywhere.
    var text: String? {
        switch self {
        case .anywhere: nil
        case .nowhere: "none"
        case .school(let school): school.description
        }
    }

    /// Reads `text`; nil for what is none.
    init?(_ text: String?) {
        switch text {
        case nil, "": self = .anywhere
        case "none": self = .nowhere
        case let id?:
            guard let school = ID<School>(id) else { return nil }
            self = .school(school)
        }
    }

    /// The place of a line of counts.
    init(_ count: LeaverCount) { self = count.school.map { .school($0.id) } ?? .nowhere }
}
