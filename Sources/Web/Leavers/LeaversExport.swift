import Core
import Foundation
import Hummingbird
import Rendering
import Storage

/// Those who left as a CSV file for spreadsheets, streamed page after page: memory does not grow with it.
struct LeaversExport: Sendable {
    let administrator: Administrator
    let filter: LeaverFilter
    let rules: LeaverRules
    let visit: Visit

    private static let step = 500

    func response(from database: any Database, named name: String) -> Response {
        .spreadsheet(named: name, heading: heading) { writer in
            try await writer.writeRows { (after: String?) in
                var rest = filter
                if let after { rest.after = after }
                let page = rest
                let list = try await database.read {
                    try $0.leavers(of: administrator, filter: page, limit: Self.step, at: visit.now)
                }
                return (list.lines.map(row), list.next)
            }
        }
    }

    private var heading: SpreadsheetRow {
        let words = visit.words
        return SpreadsheetRow([
            words("Name"), words("Username"), words("Number"), words("Kind"), words("School"),
            words("Left ({zone})", ["zone": visit.zone.identifier]), words("Erased"),
        ])
    }

    private func row(_ leaver: Leaver) -> SpreadsheetRow {
        SpreadsheetRow([
            leaver.name, leaver.username, leaver.number ?? "", LeaverWords.kind(leaver.kind, visit.words),
            leaver.school ?? "", SpreadsheetRow.moment(leaver.leftAt.date, visit.zone),
            LeaverWords.end(of: leaver, rules, visit),
        ])
    }
}
