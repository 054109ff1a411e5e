import Core
import Hummingbird
import Rendering

/// What a plan would change as a CSV file for spreadsheets, a line a person and school; memory does not grow with it.
struct RosterPlanExport: Sendable {
    let report: RosterPlanReport
    let rosters: RosterSyncs
    let words: Words

    private static let step = 500

    func response(named name: String) -> Response {
        .spreadsheet(named: name, heading: heading) { writer in
            for school in report.schools {
                let counts = school.students + school.staff
                for change in RosterChangeKind.allCases where change.count(in: counts) > 0 {
                    try await write(school, change, to: &writer)
                }
            }
        }
    }

    private func write(
        _ school: RosterPlanSchool, _ change: RosterChangeKind, to writer: inout any ResponseBodyWriter
    ) async throws {
        try await writer.writeRows { after in
            let page = try await rosters.people(
                of: report.sync, school: school, change: change, after: after, limit: Self.step)
            return (page.people.map { row($0, of: school, change) }, page.next)
        }
    }

    private var heading: SpreadsheetRow {
        SpreadsheetRow([
            words("School"), words("Change"), words("Kind"), words("Name"), words("Username"), words("What changes"),
        ])
    }

    private func row(_ person: RosterPlanPerson, of school: RosterPlanSchool, _ change: RosterChangeKind)
        -> SpreadsheetRow
    {
        let shown = RosterPlanPeoplePage.Person(person, words)
        let facts = shown.changes.map { "\($0.fact): \($0.before ?? "–") → \($0.after ?? "–")" }
        return SpreadsheetRow([
            school.shownName(words), RosterPlanPeoplePage.name(change, words), shown.kind, shown.name,
            person.username ?? "",
            facts.joined(separator: "; "),
        ])
    }
}
