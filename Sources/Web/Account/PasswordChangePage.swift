package import Core
import Rendering

/// Where somebody with an own password changes it: the old one, then the new one.
package struct PasswordChangePage: Page {
    package static let template = "account/password"

    struct Problem {
        let heading: String
        let advice: String
    }
    let layout: Layout
    let username: String
    let isStudent: Bool
    let back: String
    let problem: Problem?
    let oldError: String?
    let isOldWrong: Bool
    let newError: String?
    let isNewWrong: Bool
    let idea: String?
    let shows: Bool
    let passwordType: String
    /// An idea shows the new password only.
    let oldType: String
    let isOldShown: Bool
    let toggle: String
    let ideaLabel: String
    let rules: [PasswordRule]

    /// Neither field is ever filled in again. `idea` stands in the new one, to be read.
    package init(
        kind: AccountKind, username: String, problem: PasswordProblem? = nil, idea: String? = nil,
        showsPassword: Bool = false, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Change my password"), visit, kind: kind == .student ? .child : .staff)
        self.username = username
        isStudent = kind == .student
        back = kind == .student ? "/home" : "/account"
        self.problem = problem.map { Problem(heading: $0.heading(words), advice: $0.advice(words)) }
        isOldWrong = problem?.isAboutOld ?? false
        oldError = isOldWrong ? problem.map { $0.heading(words) } : nil
        isNewWrong = problem?.isAboutNew ?? false
        newError = isNewWrong ? words("Choose a different password") : nil
        self.idea = idea
        shows = showsPassword || idea != nil
        passwordType = shows ? "text" : "password"
        isOldShown = showsPassword
        oldType = showsPassword ? "text" : "password"
        toggle = showsPassword ? "/account/password" : "/account/password?show=1"
        ideaLabel = idea == nil ? words("Give me an idea") : words("Give me another idea")
        rules = PasswordRule.all(for: kind, words: words)
    }
}
