import Rendering

/// "Forgot your password?": first a field, then the answer, which is the same whatever was typed.
package struct ForgottenPasswordPage: Page {
    package static let template = "sign-in/forgotten"

    /// Why nothing was asked for.
    package enum Failure: Sendable, Equatable {
        case empty
        /// Too many from one place; says nothing about a name.
        case tooMany
    }
    struct Problem {
        let heading: String
        let advice: String
    }
    let layout: Layout
    let problem: Problem?
    let isWrong: Bool
    let typed: String
    let isAsked: Bool

    package init(failure: Failure? = nil, typed: String = "", isAsked: Bool = false, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Forgot your password?"), visit, kind: .bare)
        self.typed = typed
        self.isAsked = isAsked
        isWrong = failure == .empty
        problem =
            switch failure {
            case nil: nil
            case .empty:
                Problem(
                    heading: words("The box is empty."), advice: words("Type your username or your email address."))
            case .tooMany:
                Problem(
                    heading: words("Many people forgot their password at this moment."),
                    advice: words("Nothing is lost. Press the button again in 10 minutes, or ask your teacher."))
            }
    }
}
