package import Core
import Foundation
import Rendering

/// The times in which no roster takes anybody out by itself.
package struct BlackoutsPage: Page {
    package static let template = "admin/blackouts"

    struct Line {
        let days: String
        let school: String
        let action: String
        let label: String
    }
    struct Choice {
        let id: String
        let name: String
        let isChosen: Bool
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let lines: [Line]
    let hasLines: Bool
    let schools: [Choice]
    let from: String
    let to: String
    let act: String

    /// `typed` is what a person gave that was not taken, for `problem`, a ready sentence.
    package init(
        _ blackouts: [Blackout], schools: [School], typed: BlackoutForm = BlackoutForm(), problem: String? = nil,
        act: String, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Blackout dates"), visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) }
        lines = blackouts.map { blackout in
            let days = words(
                "{first} to {last}",
                [
                    "first": words.date(blackout.beginsAt.date, visit.zone),
                    "last": words.date(blackout.endsAt.date.addingTimeInterval(-1), visit.zone),
                ])
            let school = blackout.schoolName ?? words("All Schools")
            return Line(
                days: days, school: school, action: "/admin/roster-syncs/blackouts/\(blackout.id)/removal",
                label: words("Remove {days}, {school}", ["days": days, "school": school]))
        }
        hasLines = !lines.isEmpty
        self.schools =
            [Choice(id: "", name: words("All Schools"), isChosen: typed.school.isEmpty)]
            + schools.map { school in
                Choice(id: school.id.description, name: school.name, isChosen: typed.school == school.id.description)
            }
        from = typed.from
        to = typed.to
        self.act = act
    }
}
