package import Core
import Mail
import Rendering

/// Behind a notice: what happened, and one button for those who must object. Afterwards what to do now.
package struct NoticePage: Page {
    package static let template = "notices/notice"

    /// Before the button is pressed.
    struct Question: Sendable {
        let action: String
        let consequence: String
    }
    /// One thing to do after it.
    struct Advice: Sendable {
        let icon: String
        let lead: String
        let rest: String
    }

    let layout: Layout
    let title: String
    let lead: String
    let question: Question?
    let advice: [Advice]
    let hasAdvice: Bool

    /// `action` is where the form goes: `/not-me/{token}`.
    package init(_ notice: Notice, action: String, visit: Visit) {
        let words = visit.words
        let isAnswered = notice.disownedAt != nil
        title =
            isAnswered
            ? words("Thank you for telling us.") : words("Was this you, {name}?", ["name": notice.givenName])
        layout = Layout(title, visit, kind: .bare)
        lead =
            isAnswered
            ? Self.result(notice, words)
            : NoticeMail.fact(notice.event, actor: notice.actor, at: notice.at, words, visit.zone)
        question =
            isAnswered ? nil : Question(action: action, consequence: Self.consequence(notice, words))
        advice = isAnswered ? Self.advice(notice, words) : []
        hasAdvice = !advice.isEmpty
    }

    private static func consequence(_ notice: Notice, _ words: Words) -> String {
        switch (notice.event, notice.kind) {
        case (.addressChanged, .student):
            words("Then your teacher is told at once, and links in mails to the new address stop working.")
        case (.addressChanged, .staff):
            words("Then the administrators are told, and links in mails to the new address stop working.")
        case (_, .student):
            words("Then your teacher is told at once, and nobody gets in any more until you have talked.")
        case (_, .staff):
            words("Then the administrators are told, and nobody gets in any more until you have talked.")
        }
    }

    private static func result(_ notice: Notice, _ words: Words) -> String {
        switch (notice.closedAccount, notice.kind) {
        case (true, .student):
            words("Your account is closed now: no password and no link opens it. Your teacher sees it.")
        case (true, .staff):
            words("Your account is closed now: no password and no link opens it. The administrators see it.")
        case (false, .student): words("Your teacher sees it and looks after it.")
        case (false, .staff): words("The administrators see it and look after it.")
        }
    }

    private static func advice(_ notice: Notice, _ words: Words) -> [Advice] {
        notice.kind == .student
            ? [
                Advice(
                    icon: "talk", lead: words("Talk to your teacher."),
                    rest: words("Say that it was not you. You get a new card or a new mail.")),
                Advice(
                    icon: "lock", lead: words("Did somebody know your password?"),
                    rest: words("Choose a different one next time, here and wherever else you used it.")),
            ]
            : [
                Advice(
                    icon: "talk", lead: words("Talk to an administrator."),
                    rest: words("They send you a new activation email or give you a one-time link.")),
                Advice(
                    icon: "lock", lead: words("Did somebody know your password?"),
                    rest: words("Choose a different one next time, here and wherever else you used it.")),
            ]
    }
}

/// Where every such address leads that is too old, garbled or not ours. It takes nothing that could differ between them.
package struct NoticeOverPage: Page {
    package static let template = "notices/over"
    let layout: Layout
    package init(visit: Visit) { layout = Layout(visit.words("This link does not work now"), visit, kind: .bare) }
}
