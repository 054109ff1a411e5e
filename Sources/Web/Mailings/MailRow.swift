import Core
import Foundation
import Rendering

/// One person's mail on its mailing's page: its fate in words, and what to do.
struct MailRow: Sendable {
    let id: String
    let name: String
    let username: String
    let studentHref: String
    let mark: StateMark
    let address: BrokenAddress?
    let story: String?
    /// What the mail server said, in its own words.
    let answer: String?
    /// The next step first.
    let steps: [StudentStep]

    init(_ fate: MailFate, of report: MailingReport, mint: inout IDMint, visit: Visit) {
        let door = MailingDoor(report)
        id = fate.id.description
        name = fate.name
        username = fate.username
        studentHref = door.href(of: fate)
        mark = Self.mark(fate, visit)
        address = fate.address.map(BrokenAddress.init)
        story = Self.story(fate, stop: report.stop, visit)
        answer = fate.isActive ? nil : fate.reason.flatMap { MailReasonText.answer($0, visit.words) }
        steps = MailSteps(report: report, door: door, visit: visit).steps(for: fate, mint: &mint)
    }

    static func mark(_ fate: MailFate, _ visit: Visit) -> StateMark {
        let words = visit.words
        if fate.isActive { return StateMark(.active, words) }
        return switch fate.state {
        case .accepted: StateMark(css: "is-mailed", icon: "mailed", word: words("Accepted"))
        case .sending, .inData: StateMark(css: "is-card", icon: "send", word: words("Sending"))
        case .queued: StateMark(css: "is-ranout", icon: "clock", word: words("Queued"))
        case .deferred: StateMark(css: "is-todo", icon: "again", word: again(fate, visit))
        case .failed: StateMark(css: "is-bounced", icon: "bounced", word: words("Refused"))
        case .bounced: StateMark(.bounced, words)
        case .held where fate.reason == MailReason.paused.rawValue:
            StateMark(css: "is-ranout", icon: "hold", word: words("Paused"))
        case .held: StateMark(css: "is-bounced", icon: "hold", word: words("Held"))
        case .unknown: StateMark(.maybe, words)
        case .cancelled where fate.reason == MailReason.stopped.rawValue:
            StateMark(css: "is-maybe", icon: "hold", word: words("Cancelled"))
        case .cancelled: StateMark(css: "is-maybe", icon: "hold", word: words("Not sent"))
        }
    }

    private static func again(_ fate: MailFate, _ visit: Visit) -> String {
        guard let at = fate.nextTryAt else { return visit.words("Tries again") }
        return visit.words("Tries again {time}", ["time": visit.words.time(at.date, visit.zone)])
    }

    /// `stop`: what its page knows of who stopped the mailing.
    static func story(_ fate: MailFate, stop: MailingStop? = nil, _ visit: Visit) -> String? {
        let words = visit.words
        if let stop, fate.reason == MailReason.paused.rawValue || fate.reason == MailReason.stopped.rawValue {
            return stop.isCancelled ? MailingStatus.stopper(stop, visit) : words("keeps its place in line")
        }
        if let reason = fate.reason { return MailReasonText.text(reason, words) }
        let time = words.time(fate.at.date, visit.zone)
        return switch fate.state {
        case .accepted: words("the mail server took it at {time}", ["time": time])
        case .sending, .inData: words("now")
        case .queued: words("in line")
        case .deferred: words("the mail server asked us to come back later")
        case .unknown: words("the mail server went silent at {time}", ["time": time])
        case .bounced: words("the mail came back")
        case .failed, .held, .cancelled: nil
        }
    }
}
