package import Core
import Rendering

/// Asks once before one student is mailed although a mail is on its way, has just left or was maybe sent.
package struct MailingConfirmPage: Page {
    package static let template = "mailings/confirm"

    let layout: Layout
    let title: String
    let reason: String
    let action: String
    let act: String
    let cardAction: String
    let cardAct: String
    let backHref: String
    let here: String

    /// The form posts `act` and `again=yes` to the row's own address.
    package init(
        _ door: StudentDoor, student: StudentLine, act: ID<Act>, cardAct: ID<Act>, returnTo: String? = nil, visit: Visit
    ) {
        let words = visit.words
        title = words("Send {name} another mail?", ["name": student.name])
        layout = Layout(title, visit, current: door.place)
        let when = student.lastMailAt.map { words.moment($0.date, visit.zone) }
        reason =
            switch (student.state, when) {
            case (.sending, _): words("A mail is on its way already.")
            case (.maybe, let when?):
                words("The mail of {when} was maybe sent: the mail server went silent.", ["when": when])
            case (_, let when?): words("The last mail left at {when}.", ["when": when])
            case (_, nil): words("A mail has left already.")
            }
        action = "\(door.list)/\(student.id)/activation-email"
        self.act = act.description
        cardAction = "\(door.list)/\(student.id)/card"
        self.cardAct = cardAct.description
        backHref = "\(StudentsNotice.back(returnTo, at: door))#s-\(student.id)"
        here = StudentsNotice.back(returnTo, at: door)
    }
}
