import Core
import Rendering

/// Who the mails are from, school by school.
struct MailSendersPage: Page {
    static let template = "mail-words/senders"

    struct Line {
        let href: String
        let place: String
        let name: String
        let replyTo: String
        let signature: String
    }
    let layout: Layout
    let menu: AdminMenu
    let lines: [Line]
    let hasLines: Bool

    /// `found`: the district, for who administers it, and the schools of the one who asks.
    init(_ found: [MailSenderLine], visit: Visit) {
        let words = visit.words
        layout = Layout(words("Sender and signature"), visit, current: .admin)
        menu = AdminMenu(.mail, words: words)
        lines = found.map { line in
            let sender = line.sender
            return Line(
                href: Self.href(line.place),
                place: line.place == .district ? words("{district}, all schools", ["district": line.name]) : line.name,
                name: sender.name.isEmpty ? words("Who presses Send") : sender.name,
                replyTo: sender.replyTo.isEmpty ? "–" : sender.replyTo,
                signature: sender.lines.isEmpty ? "–" : sender.lines.joined(separator: words(", ")))
        }
        hasLines = !lines.isEmpty
    }

    static let list = "/admin/mail/senders"

    static func href(_ place: MailSenderPlace) -> String {
        switch place {
        case .district: "\(list)/district"
        case .school(let school): "\(list)/\(school)"
        }
    }
}
