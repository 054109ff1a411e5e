package import Core
import Rendering

/// The one thing that somebody without an own password can do: choose one. Reached by link, QR code or temporary password.
package struct ChoosePasswordPage: Page {
    package static let template = "activation/choose-password"

    /// Who sent the person here.
    package enum Sender: Sendable, Equatable {
        case teacher(String, school: String)
        /// A school or the district, where no one teacher is known.
        case place(String)
    }
    struct Problem {
        let heading: String
        let advice: String
    }
    let layout: Layout
    let from: String
    let hello: String
    let username: String
    let action: String
    let problem: Problem?
    let fieldError: String?
    let hasFieldError: Bool
    let idea: String?
    let shows: Bool
    let passwordType: String
    let toggle: String
    let ideaLink: String
    let ideaLabel: String
    let rules: [PasswordRule]
    let promise: String

    /// `givenName` is all of the name that is shown. `action` is where the form goes: `/activate/{token}` or
    /// `/choose-password`. `isRenewal`: the person had a password and has forgotten it. `idea` is shown and stands in the field, to be read.
    package init(
        kind: AccountKind, sender: Sender, givenName: String, username: String, action: String, isRenewal: Bool = false,
        problem: PasswordProblem? = nil, idea: String? = nil, showsPassword: Bool = false, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(isRenewal ? words("Choose a new password") : words("Choose your password"), visit, kind: .bare)
        self.username = username
        self.action = action
        self.idea = idea
        from =
            switch (sender, kind) {
            case (.teacher(let teacher, let school), _):
                words("This is from {teacher}, your teacher at {school}.", ["teacher": teacher, "school": school])
            case (.place(let place), .student): words("This is from your school: {place}.", ["place": place])
            case (.place(let place), .staff): words("This is from {place}.", ["place": place])
            }
        hello =
            isRenewal
            ? words("Hello {name}! Choose a new password.", ["name": givenName])
            : words("Hello {name}! Choose your own password.", ["name": givenName])
        self.problem = problem.map { Problem(heading: $0.heading(words), advice: $0.advice(words)) }
        hasFieldError = problem?.isAboutNew ?? false
        fieldError = hasFieldError ? words("Choose a different password") : nil
        shows = showsPassword || idea != nil
        passwordType = shows ? "text" : "password"
        toggle = shows ? action : action + "?show=1"
        ideaLink = action + "?idea=1"
        ideaLabel = idea == nil ? words("Give me an idea") : words("Give me another idea")
        rules = PasswordRule.all(for: kind, words: words)
        promise =
            switch kind {
            case .student: words("From now on nobody else can see it, not even your teacher.")
            case .staff: words("Nobody else can see it, not even an administrator.")
            }
    }
}

/// One rule for own passwords, said beforehand.
struct PasswordRule {
    let icon: String
    let lead: String
    let rest: String

    static func all(for kind: AccountKind, words: Words) -> [Self] {
        switch kind {
        case .student:
            [
                Self(
                    icon: "pen", lead: words("8 letters or more."), rest: words("Three words make a good one.")),
                Self(
                    icon: "key", lead: words("Easy for you, hard for others."),
                    rest: words("Not your name, not your school.")),
                Self(icon: "lock", lead: words("Keep it secret."), rest: words("Do not even tell a friend.")),
            ]
        case .staff:
            [
                Self(
                    icon: "pen", lead: words("12 characters or more."), rest: words("Four words make a good one.")),
                Self(
                    icon: "key", lead: words("Hard to guess."),
                    rest: words("Not your name, your school or a well-known phrase.")),
                Self(
                    icon: "lock", lead: words("Only for FirstBell."),
                    rest: words("It opens the accounts of your students.")),
            ]
        }
    }
}
