import Core
import Rendering

/// Students who asked for a new link or card and cannot be mailed: one press gives each a card.
package struct RequestsPanel: Sendable {
    struct Request: Sendable {
        let name: String
        let href: String
        let asked: String
        let step: StudentStep
        let notNow: StudentStep.Form
    }
    let heading: String
    let requests: [Request]
    let more: String?

    /// nil where nobody asks.
    init?(_ asking: StudentsWhoAsk, door: StudentDoor, mint: inout IDMint, visit: Visit) {
        let words = visit.words
        guard !asking.requests.isEmpty else { return nil }
        let count = asking.requests.count + asking.more
        heading = words.plural("{count} student asks for a new way in", "{count} students ask for a new way in", count)
        more = asking.more == 0 ? nil : words.plural("and {count} more", "and {count} more", asking.more)
        requests = asking.requests.map { request in
            let student = request.student
            return Request(
                name: student.name, href: "\(door.list)/\(student.id)",
                asked: words("asked {moment}", ["moment": words.moment(request.at.date, visit.zone)]),
                step: .print(student.id, named: student.name, mint.next(), words, door),
                notNow: StudentStep.Form(
                    action: "\(door.list)/\(student.id)/not-now", act: mint.next(Act.self).description, icon: "hold",
                    label: words("Not now"), whom: student.name))
        }
    }
}
