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
    let next: StudentStep

    init(_ fate: MailFate, of mailing: ID<Mailing>, at door: MailingDoor, mint: inout IDMint, visit: Visit) {
        let act: ID<Act> = mint.next()
        id = fate.id.description
        name = fate.name
        username = fate.username
        studentHref = door.href(of: fate)
        mark = Self.mark(fate, visit)
        address = fate.address.map(BrokenAddress.init)
        story = Self.story(fate, visit)
        next = Self.next(fate, mailing, door, act, visit)
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
        case .held: StateMark(css: "is-bounced", icon: "hold", word: words("Held"))
        case .unknown: StateMark(.maybe, words)
        case .cancelled: StateMark(css: "is-maybe", icon: "hold", word: words("Not sent"))
        }
    }

    private static func again(_ fate: MailFate, _ visit: Visit) -> String {
        guard let at = fate.nextTryAt else { return visit.words("Tries again") }
        return visit.words("Tries again {time}", ["time": visit.words.time(at.date, visit.zone)])
    }

    static func story(_ fate: MailFate, _ visit: Visit) -> String? {
        let words = visit.words
        if let reason = fate.reason { return MailReasonText.text(reason, words) }
        let time = words.time(fate.at.date, visit.zone)
        return switch fate.state {
        case .accepted: words("the mail server took it at {time}", ["time": time])
        case .sending, .inData: words("now")
        case .queued: words("in line")
        case .deferred: words("the mail server asked us to come back later")
        case .unknown: words("the mail server went silent at {time}", ["time": time])
        case .failed, .bounced, .held, .cancelled: nil
        }
    }

    private static func next(
        _ fate: MailFate, _ mailing: ID<Mailing>, _ door: MailingDoor, _ act: ID<Act>, _ visit: Visit
    ) -> StudentStep {
        let words = visit.words
        if fate.isActive { return .wait(words("Nothing to do")) }
        switch fate.state {
        case .accepted:
            let patience = fate.at + StudentRow.patience
            guard visit.now < patience else { return .wait(door.look(words)) }
            return .wait(words("Wait until {weekday}", ["weekday": words.weekday(patience.date, visit.zone)]))
        case .queued, .sending, .inData, .deferred: return .wait(words("Goes by itself"))
        case .held: return .wait(words("Ask your administrator"))
        case .cancelled: return .wait(words("Nothing to do"))
        case .unknown: return .sendAgain(fate, of: mailing, act, words)
        case .failed, .bounced: return door.otherWay(fate, act, words)
        }
    }
}

extension StudentStep {
    /// The same mail once more, with the same link: a second copy does no harm.
    fileprivate static func sendAgain(
        _ fate: MailFate, of mailing: ID<Mailing>, _ act: ID<Act>, _ words: Words
    ) -> StudentStep {
        StudentStep(
            form: Form(
                action: "/mailings/\(mailing)/mails/\(fate.id)/again", act: act.description, icon: "again",
                label: words("Send again"), whom: words("to {name}", ["name": fate.name])))
    }
}
