package import Core
import Rendering

/// Where a roster is uploaded, and every sync before it.
package struct RosterSyncsPage: Page {
    package static let template = "admin/roster-syncs"

    struct Sync {
        let href: String
        let source: String
        let made: String
        let state: AdminBadge
        let changes: String
    }
    struct Format {
        let value: String
        let name: String
        let isCurrent: Bool
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let syncs: [Sync]
    let hasSyncs: Bool
    /// How many rows wait for an answer; nil for none.
    let asked: String?
    let limit: String
    let formats: [Format]
    let act: String
    let hasPages: Bool
    let first: String?
    let next: String?

    /// `problem` is a ready sentence about an upload that was not taken. `limit` is in MiB, packed. `format` is what the
    /// last roster was said to be.
    package init(
        _ lines: [RosterSyncLine], isFirst: Bool = true, next: String? = nil, problem: String? = nil, limit: Int = 512,
        asked: Int = 0, format: RosterFormat? = nil, act: String, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Roster syncs"), visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) }
        syncs = lines.map { line in
            let moment = words.moment(line.madeAt.date, visit.zone)
            return Sync(
                href: "/admin/roster-syncs/\(line.id)", source: line.source,
                made: words(
                    "{moment}, by {name}",
                    ["moment": moment, "name": line.madeBy.map(words.person) ?? words("the command line")]),
                state: line.badge(words), changes: Self.changes(line, words))
        }
        hasSyncs = !syncs.isEmpty
        self.asked =
            asked == 0
            ? nil
            : words.plural(
                "{count} row of the roster may be somebody who is here already.",
                "{count} rows of the roster may be people who are here already.", asked)
        self.limit = words(
            "A zip file of CSV files as your Student Information System exports them, at most {limit} MiB.",
            ["limit": words.number(limit)])
        formats =
            [Format(value: "", name: words("Recognize it by the files"), isCurrent: format == nil)]
            + RosterFormat.allCases.map { Format(value: $0.rawValue, name: $0.name, isCurrent: $0 == format) }
        self.act = act
        first = isFirst ? nil : "/admin/roster-syncs"
        self.next = next.map { PageAddress("/admin/roster-syncs", ["after": $0]).description }
        hasPages = first != nil || next != nil
    }

    private static func changes(_ line: RosterSyncLine, _ words: Words) -> String {
        switch line.state {
        case .reading: words("Not known yet")
        case .refused: words("Nothing was taken")
        case .discarded: words("Nothing changed")
        case .ready, .applying, .applied: line.students.summary(words) ?? words("No student changes")
        }
    }
}
