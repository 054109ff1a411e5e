import Core
import Foundation
import Hummingbird
import Rendering
import Storage

/// The audit as a CSV file for spreadsheets, streamed page after page: memory does not grow with it.
struct AuditExport: Sendable {
    let administrator: Administrator
    /// Ends before the line that tells of this export, so that the file is of one moment.
    let filter: AuditFilter
    let words: Words
    let zone: TimeZone

    private static let step = 500

    func response(from database: any Database, named name: String) -> Response {
        .spreadsheet(named: name, heading: heading) { writer in
            try await writer.writeRows { (after: ID<AuditEntry>?) in
                var rest = filter
                if let after { rest.after = after }
                let page = rest
                let list = try await database.read {
                    try $0.audit(for: administrator, filter: page, limit: Self.step)
                }
                return (list.lines.map(row), list.next)
            }
        }
    }

    private var heading: SpreadsheetRow {
        SpreadsheetRow([
            words("When ({zone})", ["zone": zone.identifier]), words("Who"), words("Username"), words("What"),
            words("Kind"), words("Whom"), words("Username"), words("People"), words("School"), words("Line"),
        ])
    }

    private func row(_ line: AuditLine) -> SpreadsheetRow {
        SpreadsheetRow([
            SpreadsheetRow.moment(line.at.date, zone),
            line.isActorHidden
                ? words("somebody outside your schools") : line.actor?.shownName(words) ?? words("FirstBell"),
            line.actor?.username ?? "", line.sentence(words),
            AuditAct(rawValue: line.act)?.kind.name(words) ?? "",
            line.isSubjectHidden ? words("somebody outside your schools") : line.subject?.shownName(words) ?? "",
            line.subject?.username ?? "", "\(line.count)", line.place(words) ?? "", line.id.description,
        ])
    }
}

extension AuditLine {
    /// The school that was touched, or how many were; nil where none is known.
    func place(_ words: Words) -> String? {
        if let school { return school }
        return schools == 0 ? nil : words.plural("{count} school", "{count} schools", schools)
    }
}
