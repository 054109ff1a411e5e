import Core
import Rendering

/// One line of what happened to a student: when, who, what, and for a mail its fate.
struct StudentHistory: Sendable {
    let at: String
    let who: String
    let what: String
    let mark: StateMark?
    let story: String?

    init(_ event: StudentEvent, _ visit: Visit) {
        let words = visit.words
        at = words.moment(event.at.date, visit.zone)
        who = event.actor.map(words.person) ?? words("FirstBell")
        switch event.what {
        case .act(let act):
            what = act.sentence(words)
            (mark, story) = (nil, nil)
        case .card(let sheet):
            what = words("printed a card, on card sheet {sheet}", ["sheet": "\(sheet)"])
            (mark, story) = (nil, nil)
        case .mail(let fate):
            what =
                fate.address.map { words("sent an activation email to {address}", ["address": $0]) }
                ?? words("sent an activation email")
            mark = MailRow.mark(fate, visit)
            let answer = fate.reason.flatMap { MailReasonText.answer($0, words) }
            story = MailRow.story(fate, visit).map { [$0, answer].compactMap(\.self).joined(separator: " ") }
        }
    }
}
