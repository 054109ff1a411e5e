package import Core
import Rendering

/// One press of Send afterwards: what became of each mail. It renews itself as long as mails are under way.
package struct MailingPage: Page {
    package static let template = "mailings/mailing"

    let layout: Layout
    let menu: AdminMenu
    let isAdmin: Bool
    let backHref: String
    let backName: String
    let column: String
    let afterwards: String
    let title: String
    let about: String
    let sentence: String
    let hasMails: Bool
    let total: Int
    let settled: Int
    let progress: String
    let isLive: Bool
    /// How far a large mailing is queued; nil once it is.
    let queueing: String?
    let here: String
    let rows: [MailRow]
    let nextHref: String?
    let skippedTitle: String?
    let skipped: [SkippedPeople]
    let message: [String]
    let hasMessage: Bool

    /// `mint` makes the ids of the acts in the rows.
    package init(report: MailingReport, mint: IDMint, visit: Visit) {
        let words = visit.words
        let counts = report.counts
        let door = MailingDoor(report)
        let queued = counts.values.reduce(0, +)
        let total = max(queued, report.expected ?? 0)
        self.total = total
        let moving = [MailState.queued, .sending, .inData].reduce(0) { $0 + (counts[$1] ?? 0) }
        isLive = moving > 0 || report.expected != nil
        settled = queued - moving - (counts[.deferred] ?? 0)
        title = words(
            "Mailing of {day}, {time}",
            [
                "day": words.day(report.madeAt.date, visit.zone), "time": words.time(report.madeAt.date, visit.zone),
            ])
        layout = Layout(title, visit, current: door.place, renewsEvery: isLive ? 5 : nil)
        menu = AdminMenu(door.entry, words: words)
        isAdmin = door.isAdmin
        (backHref, backName) = (door.list, door.name(words))
        (column, afterwards) = (door.column(words), door.afterwards(words))
        queueing = report.expected.map { _ in
            words(
                "Queued {done} of {total} mails. The rest follows by itself, also when FirstBell starts anew.",
                ["done": words.number(queued), "total": words.number(total)])
        }
        about = Self.about(report, words)
        sentence = Self.sentence(counts, total, words)
        hasMails = total > 0
        progress = words("{done} of {total}", ["done": words.number(settled), "total": words.number(total)])
        here = "/mailings/\(report.id)"
        var mint = mint
        rows = report.mails.map { MailRow($0, of: report.id, at: door, mint: &mint, visit: visit) }
        nextHref = report.next.map { LocalAddress.of("/mailings/\(report.id)", [("after", $0)]) }
        let without = report.skipped.total
        skippedTitle = without == 0 ? nil : words.plural("{count} got no mail", "{count} got no mail", without)
        skipped = door.skipped(report.skipped, words)
        hasMessage = !report.message.isEmpty
        message = report.message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    private static func about(_ report: MailingReport, _ words: Words) -> String {
        let audience = report.audience
        let door = MailingDoor(report)
        let named = audience.names.joined(separator: words(", "))
        let rest = audience.count - audience.names.count
        let whom =
            if audience.isAll { door.everybody(words) } else if rest > 0 {
                named + words.plural(" and {count} more", " and {count} more", rest)
            } else { named }
        let maker =
            report.isMine ? words("sent by you") : words("sent by {name}", ["name": words.person(report.madeBy)])
        let message = report.message.isEmpty ? nil : words("with an Additional Message")
        return [whom, message, maker].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: words(", "))
    }

    /// "4 of 8 mails are accepted, 3 are under way, 1 needs you."
    private static func sentence(_ counts: [MailState: Int], _ total: Int, _ words: Words) -> String {
        guard total > 0 else { return words("No mail left.") }
        let accepted = counts[.accepted] ?? 0
        let moving = [MailState.queued, .sending, .inData, .deferred].reduce(0) { $0 + (counts[$1] ?? 0) }
        let need = [MailState.failed, .bounced, .unknown].reduce(0) { $0 + (counts[$1] ?? 0) }
        let held = counts[.held] ?? 0
        let cancelled = counts[.cancelled] ?? 0
        var parts: [String] = []
        if accepted == total {
            parts.append(words.plural("The mail is accepted", "All {count} mails are accepted", total))
        } else {
            parts.append(
                words.plural(
                    "{count} of {total} mails is accepted", "{count} of {total} mails are accepted", accepted,
                    ["total": words.number(total)]))
        }
        if moving > 0 { parts.append(words.plural("{count} is under way", "{count} are under way", moving)) }
        if held > 0 { parts.append(words.plural("{count} is held", "{count} are held", held)) }
        if cancelled > 0 { parts.append(words.plural("{count} was not sent", "{count} were not sent", cancelled)) }
        if need > 0 { parts.append(words.plural("{count} needs you", "{count} need you", need)) }
        return parts.joined(separator: words(", ")) + "."
    }
}
