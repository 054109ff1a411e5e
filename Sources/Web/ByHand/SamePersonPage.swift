import Core
import Rendering

/// One row of a roster beside the person here who may be the same, fact by fact.
struct MatchBox {
    struct Fact {
        let name: String
        let roster: String
        let here: String
        let isDifferent: Bool
    }
    let id: String
    let heading: String
    let action: String
    let facts: [Fact]
    let suspended: String?
    let isByHand: Bool
    /// What is said of the side that is here.
    let side: String

    init(_ match: PersonMatch, _ words: Words) {
        id = "m-\(match.id)"
        heading = match.here.name
        action = "/admin/same-person/\(match.id)"
        let none = words("none")
        let sides: [(String, KeyPath<PersonMatch.Side, String?>)] = [
            (words("Username"), \.username), (words("Number"), \.number), (words("Address"), \.address),
            (words("Grade"), \.grade),
        ]
        var facts = [
            Fact(
                name: words("Name"), roster: match.roster.name, here: match.here.name,
                isDifferent: match.roster.name != match.here.name)
        ]
        for (name, path) in sides {
            let (roster, here) = (match.roster[keyPath: path], match.here[keyPath: path])
            guard roster != nil || here != nil else { continue }
            facts.append(Fact(name: name, roster: roster ?? none, here: here ?? none, isDifferent: roster != here))
        }
        for (name, roster, here) in [
            (words("Schools"), match.roster.schools, match.here.schools),
            (words("Trackers"), match.roster.trackers, match.here.trackers),
        ] where !roster.isEmpty || !here.isEmpty {
            facts.append(
                Fact(
                    name: name, roster: roster.isEmpty ? none : roster, here: here.isEmpty ? none : here,
                    isDifferent: roster != here))
        }
        if let before = match.replaces {
            facts.append(Fact(name: words("Id in the roster"), roster: match.sourceID, here: before, isDifferent: true))
        }
        self.facts = facts
        isByHand = match.replaces == nil
        side = isByHand ? words("Here, by hand") : words("Here")
        suspended =
            !match.isSuspended
            ? nil
            : isByHand
                ? words("Who is here is suspended, and stays so whatever you answer.")
                : words("Who is here is suspended. The same person comes back with the next roster sync.")
    }
}

/// Every question whether a row of a roster is somebody here.
struct SamePersonPage: Page {
    static let template = "by-hand/same-person"

    let layout: Layout
    let menu: AdminMenu
    let backHref: String
    let backName: String
    let note: AdminNote?
    let answer: String
    let matches: [MatchBox]
    let hasMatches: Bool
    /// Questions that one press answers; nil for fewer than two.
    let alike: String?
    let act: String
    let here: String
    let hasPages: Bool
    let first: String?
    let next: String?

    /// `hasDistrict`: the roster syncs, which ask, are the reader's too.
    init(
        _ list: PersonMatchList, alike: Int = 0, isFirst: Bool = true, hasDistrict: Bool, note: AdminNote?,
        act: ID<Act>,
        visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("The same person?"), visit, current: .admin)
        menu = AdminMenu(hasDistrict ? .rosterSyncs : .schools, words: words)
        (backHref, backName) =
            hasDistrict ? ("/admin/roster-syncs", words("Roster syncs")) : ("/admin", words("Schools"))
        self.note = note
        answer =
            list.count == 0
            ? words("Nothing is left to answer.")
            : words.plural(
                "{count} row of the roster may be somebody who is here already.",
                "{count} rows of the roster may be people who are here already.", list.count)
        matches = list.matches.map { MatchBox($0, words) }
        hasMatches = !matches.isEmpty
        self.alike =
            alike < 2
            ? nil
            : words(
                "{count} of them have the same name, too, and a new id in the roster. Did the student system give everybody new ids?",
                ["count": words.number(alike)])
        self.act = act.description
        here = "/admin/same-person"
        first = isFirst ? nil : "/admin/same-person"
        next = list.next.map { PageAddress("/admin/same-person", ["after": $0]).description }
        hasPages = first != nil || next != nil
    }
}
