import Rendering

/// The door: one field for username or address, one for the password.
package struct SignInPage: Page {
    package static let template = "sign-in/sign-in"

    /// Why the last try did not work. `refused` is one text for every cause, so that it tells nothing.
    package enum Failure: Sendable, Equatable {
        case refused
        case wait(Wait)
        case busy
    }
    struct Problem {
        let icon: String
        let heading: String
        let advice: String
    }
    let layout: Layout
    let district: String
    let problem: Problem?
    let goodNews: String?
    let isRefused: Bool
    let typed: String
    let returnPath: String?
    let shows: Bool
    let passwordType: String
    /// Missing where a second page would lose what is kept.
    let toggle: String?
    let kept: KeptForm?

    /// `hasEnded` for whoever was signed in until it was too late. `kept` is what they had sent. `typed` is the name that stood in the field; a password is never kept. `returnPath` is a known local path.
    package init(
        failure: Failure? = nil, typed: String = "", returnPath: String? = nil, showsPassword: Bool = false,
        hasSignedOut: Bool = false, hasEnded: Bool = false, kept: KeptForm? = nil, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Sign in"), visit, kind: .bare)
        district = visit.house.district
        self.typed = typed
        self.returnPath = returnPath
        shows = showsPassword
        passwordType = showsPassword ? "text" : "password"
        isRefused = failure == .refused
        goodNews = hasSignedOut && failure == nil ? words("You are signed out.") : nil
        self.kept = kept
        toggle =
            kept == nil
            ? PageAddress("/sign-in", ["return": returnPath, "show": showsPassword ? nil : "1"]).description : nil
        problem =
            switch failure {
            case nil where !hasEnded: nil
            case nil:
                Problem(
                    icon: "clock", heading: words("You were signed out."),
                    advice: kept == nil
                        ? words(
                            """
                            That happens after a pause, and when a password is changed. Sign in, and you are back where you \
                            were.
                            """)
                        : words("That happens after a pause. Sign in: what you typed is kept and can be sent then."))
            case .refused:
                Problem(
                    icon: "warn", heading: words("That did not work."),
                    advice: words("Look at your card or mail, and type both again."))
            case .wait(let wait):
                Problem(icon: "clock", heading: words("Too many tries."), advice: wait.sentence(words))
            case .busy:
                Problem(
                    icon: "clock", heading: words("Many people are signing in at this moment."),
                    advice: words("Nothing is lost. Type your password and press the button again in 10 seconds."))
            }
    }
}
