package import Core
import Rendering

/// One press of Send afterwards: what became of each mail. It is told of what happens as long as something does; without
/// script it renews itself.
package struct MailingPage: Page {
    package static let template = "mailings/mailing"

    let layout: Layout
    let menu: AdminMenu
    let isAdmin: Bool
    let backHref: String
    let backName: String
    let column: String
    let title: String
    let about: String
    let status: MailingStatus
    let steering: MailingSteering
    /// Where its script listens.
    let events: String
    let here: String
    let rows: [MailRow]
    let nextHref: String?
    let skippedTitle: String?
    let skipped: [SkippedPeople]
    let message: [String]
    let hasMessage: Bool

    /// `mint` makes the ids of the acts in the rows; `after` is where the page begins, nil for the first.
    package init(report: MailingReport, after: String? = nil, mint: IDMint, visit: Visit) {
        let words = visit.words
        let door = MailingDoor(report)
        var mint = mint
        status = MailingStatus(report, visit)
        steering = MailingSteering(report, mint: &mint, visit: visit)
        title = words(
            "Mailing of {day}, {time}",
            [
                "day": words.day(report.madeAt.date, visit.zone), "time": words.time(report.madeAt.date, visit.zone),
            ])
        layout = Layout(
            title, visit, current: door.place, renewsEvery: status.isMoving ? 5 : status.isLive ? 60 : nil)
        menu = AdminMenu(door.entry, words: words)
        isAdmin = door.isAdmin
        (backHref, backName) = (door.list, door.name(words))
        column = door.column(words)
        about = Self.about(report, words)
        here = "/mailings/\(report.id)"
        events = LocalAddress.of(
            "\(here)/events", [("drawn", "\(visit.now.milliseconds)"), ("after", after)])
        rows = report.mails.map { MailRow($0, of: report, mint: &mint, visit: visit) }
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
}
