package import Core
import Rendering

/// Asks once before an active student's own password stops working; of a student without one it says so, and offers mail and
/// paper side by side.
package struct ResetPage: Page {
    package static let template = "resetting/reset"

    /// Somebody said "This was not me".
    struct Flag: Sendable {
        let heading: String
        let story: String
        let advice: String
        let action: String
        let act: String
    }
    /// The question before a reset.
    struct Question: Sendable {
        let action: String
        let act: String
        /// Comes back with the press: what the question was made from.
        let seen: String
    }

    let layout: Layout
    let menu: AdminMenu?
    let title: String
    /// Why the press before this page has reset nothing; nil without one.
    let overtaken: String?
    let answer: String?
    let username: String
    let flag: Flag?
    let question: Question?
    let steps: [StudentStep]
    let hasSteps: Bool
    let here: String
    let backHref: String
    let backName: String

    /// `isOvertaken`: the page before this one was about an earlier password.
    package init(
        _ student: ResetSubject, isOvertaken: Bool = false, door: StudentDoor, mint: IDMint, visit: Visit
    ) {
        let words = visit.words
        var mint = mint
        let values = ["name": student.name]
        let path = "\(door.list)/\(student.id)"
        let (act, settle, mail, card): (ID<Act>, ID<Act>, ID<Act>, ID<Act>) = (
            mint.next(), mint.next(), mint.next(), mint.next()
        )
        title =
            student.isActive
            ? words("Reset the password of {name}?", values)
            : words("{name} has no own password", values)
        layout = Layout(title, visit, current: door == .admin ? .admin : .trackers)
        menu = door == .admin ? AdminMenu(.students, words: words) : nil
        overtaken = isOvertaken && student.isActive ? Self.overtaken(values, words) : nil
        answer = Self.answer(student, visit)
        username = student.username
        flag = student.disowning.map { disowning in
            Flag(
                heading: words("“This was not me”"), story: DisowningStory.text(disowning, visit),
                advice: Self.advice(student, disowning, words), action: "\(path)/all-is-well", act: settle.description)
        }
        question =
            student.isActive
            ? Question(action: "\(path)/reset", act: act.description, seen: "\(student.generation)") : nil
        steps =
            student.isActive || student.isSuspended
            ? [] : Self.ways(student, path, mail: mail, card: card, words)
        hasSteps = !steps.isEmpty
        here = path
        backHref = door == .admin ? path : "\(door.list)#s-\(student.id)"
        backName = door == .admin ? student.name : words("Students")
    }

    /// Said of students and of staff alike.
    static func overtaken(_ name: [String: String], _ words: Words) -> String {
        words("{name} has chosen a new password since you opened that page, so nothing was reset.", name)
    }

    /// Why there is nothing to reset; nil where there is.
    private static func answer(_ student: ResetSubject, _ visit: Visit) -> String? {
        let words = visit.words
        if student.isSuspended { return words("This student is no longer on the roster and cannot sign in.") }
        if student.isActive { return nil }
        guard let last = student.last else {
            return words("There is nothing to reset. With a mail or a card the student chooses a password.")
        }
        let ago = words.ago(last.at.date, now: visit.now.date, visit.zone)
        if last.isMine { return words("You reset this password {ago}.", ["ago": ago]) }
        return words(
            "{person} reset this password {ago}.",
            ["person": last.actor.map(words.person) ?? words("Somebody"), "ago": ago])
    }

    private static func advice(_ student: ResetSubject, _ disowning: Disowning, _ words: Words) -> String {
        if student.isActive {
            return words(
                "Talk to the student. If somebody else may know the password, reset it. If not, all is well.")
        }
        return disowning.closedAccount
            ? words("The account is closed since. Talk to the student, then print a card or send a mail.")
            : words("Talk to the student. Does the address belong to them? Then print a card or send a mail.")
    }

    private static func ways(
        _ student: ResetSubject, _ path: String, mail: ID<Act>, card: ID<Act>, _ words: Words
    ) -> [StudentStep] {
        let name = ["name": student.name]
        let send =
            student.hasAddress
            ? StudentStep(
                form: StudentStep.Form(
                    action: "\(path)/activation-email", act: mail.description, icon: "send",
                    label: words("Send Student Activation Email"), whom: words("to {name}", name)))
            : .noMail(because: words("has no address"), words)
        let print = StudentStep(
            form: StudentStep.Form(
                action: "\(path)/card", act: card.description, icon: "print", label: words("Print Username/Password"),
                whom: words("of {name}", name)))
        return [send, print]
    }
}
