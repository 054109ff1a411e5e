import Core
import Mail
import Rendering

/// How mail leaves, how much of it is where, and the letters of the outbox folder.
package struct AdminMailPage: Page {
    package static let template = "admin/mail"

    struct Counter {
        let name: String
        let count: String
        let style: String
        let icon: String
    }
    struct Letter {
        let href: String
        let to: String
        let subject: String
        let at: String
    }
    /// Why the mail server takes no mail, since when, and when it is tried again.
    struct Trouble {
        let complaint: String
        let since: String
        let nextTry: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let answer: String
    let server: String
    let serverHint: String
    let postman: AdminBadge
    let last: String
    let returns: String
    let returnsHint: String
    let trouble: Trouble?
    let lines: String?
    let volume: MailVolumePart?
    let check: MailCheckPart?
    let sender: MailSenderPart?
    let counters: [Counter]
    let isFolder: Bool
    let letters: [Letter]
    let hasLetters: Bool

    package init(_ mail: MailOverview, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Mail"), visit, current: .admin)
        menu = AdminMenu(.mail, words: words)
        answer = Self.answer(mail, words)
        note = Self.note(mail, words)
        switch mail.server {
        case .smtp(let host, let port, let security):
            lines = words.number(mail.condition.lines)
            server = "\(host):\(port), \(security)"
            serverHint = words("Mail leaves through this server.")
        case .folder:
            lines = nil
            server = words("Outbox folder")
            serverHint = words("Nothing leaves this machine. Letters stand below for 7 days.")
        case .none:
            lines = nil
            server = words("None")
            serverHint = words("Set FIRSTBELL_SMTP_URL, then start FirstBell again. Waiting mail leaves by itself.")
        }
        postman =
            mail.condition.isRunning
            ? AdminBadge(style: "is-active", icon: "active", word: words("Running"))
            : AdminBadge(style: "is-bounced", icon: "hold", word: words("Stopped"))
        last = mail.lastAcceptedAt.map { words.moment($0.date, visit.zone) } ?? words("Never")
        returns = mail.returns ?? words("Not read")
        returnsHint = Self.returnsHint(mail, words, visit)
        trouble = Self.trouble(mail.condition, words, visit)
        volume = mail.volume.map { MailVolumePart($0, mail.quota, words) }
        let isServer = if case .smtp = mail.server { true } else { false }
        check = isServer ? MailCheckPart(mail.checkup, sender: mail.advice?.sender, words) : nil
        sender = mail.advice.map { MailSenderPart($0, words) }
        counters = Self.counters(mail, words)
        isFolder = mail.server == .folder
        letters = mail.letters.map { letter in
            Letter(
                href: "/admin/mail/letters/\(letter.name.percentEncoded)", to: letter.to, subject: letter.subject,
                at: words.moment(letter.at.date, visit.zone))
        }
        hasLetters = !letters.isEmpty
    }

    private static func trouble(_ condition: Mailroom.Condition, _ words: Words, _ visit: Visit) -> Trouble? {
        guard let complaint = condition.complaint else { return nil }
        let moment = { (at: Timestamp?) in at.map { words.moment($0.date, visit.zone) } ?? "" }
        return Trouble(
            complaint: complaint, since: moment(condition.since), nextTry: moment(condition.nextTryAt))
    }

    private static func count(_ states: [MailState], _ mail: MailOverview) -> Int {
        states.reduce(0) { $0 + (mail.counts[$1] ?? 0) }
    }

    private static func answer(_ mail: MailOverview, _ words: Words) -> String {
        let waiting = count([.queued, .sending, .inData, .deferred], mail)
        let held = count([.held], mail)
        let troubled = count([.unknown, .failed, .bounced], mail)
        var parts: [String] = []
        if held > 0 { parts.append(words.plural("{count} mail is held.", "{count} mails are held.", held)) }
        if waiting > 0 {
            parts.append(words.plural("{count} mail is under way.", "{count} mails are under way.", waiting))
        }
        if troubled > 0 {
            parts.append(words.plural("{count} mail needs somebody.", "{count} mails need somebody.", troubled))
        }
        return parts.isEmpty ? words("No mail is waiting.") : parts.joined(separator: " ")
    }

    private static func returnsHint(_ mail: MailOverview, _ words: Words, _ visit: Visit) -> String {
        guard mail.returns != nil else {
            return words("What a mail server took and sent back later, nobody hears of. Set FIRSTBELL_BOUNCE_ADDRESS.")
        }
        guard let last = mail.lastBounceAt else { return words("No mail has come back so far.") }
        return words("The last one: {time}.", ["time": words.moment(last.date, visit.zone)])
    }

    private static func note(_ mail: MailOverview, _ words: Words) -> AdminNote? {
        guard count([.held], mail) > 0 else { return nil }
        return mail.server == .none
            ? .bad(words("Mail is held because no mail server is set.")) : .bad(words("Mail is held."))
    }

    private static func counters(_ mail: MailOverview, _ words: Words) -> [Counter] {
        let groups: [(String, [MailState], String, String)] = [
            (words("Queued"), [.queued], "is-ranout", "clock"),
            (words("Sending"), [.sending, .inData], "is-card", "send"),
            (words("Tries again"), [.deferred], "is-todo", "again"),
            (words("Held"), [.held], "is-bounced", "hold"),
            (words("Maybe sent"), [.unknown], "is-maybe", "maybe"),
            (words("Refused"), [.failed], "is-bounced", "warn"),
            (words("Bounced"), [.bounced], "is-bounced", "bounced"),
            (words("Accepted"), [.accepted], "is-mailed", "mailed"),
            (words("Not mailed"), [.cancelled], "is-maybe", "hold"),
        ]
        return groups.map { name, states, style, icon in
            Counter(name: name, count: words.number(count(states, mail)), style: style, icon: icon)
        }
    }
}
