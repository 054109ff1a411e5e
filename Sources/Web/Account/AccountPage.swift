package import Core
import Rendering

/// What a member of staff can see and change of the own account.
package struct AccountPage: Page {
    package static let template = "account/account"

    /// What has just happened, said once.
    package enum News: Sendable { case passwordChanged, sessionsEnded }

    let layout: Layout
    let name: String
    let username: String
    let address: String?
    let place: String
    let news: String?
    let sessions: OpenSessions
    let languages: LanguageChoice

    /// `otherSessions` counts the browsers beside this one in which the person is signed in.
    package init(person: SignedIn, address: String?, otherSessions: Int, news: News? = nil, visit: Visit) {
        let words = visit.words
        layout = Layout(words("My account"), visit)
        name = person.name
        username = person.username
        self.address = address
        place = person.place
        self.news =
            switch news {
            case nil: nil
            case .passwordChanged: words("Your new password is saved.")
            case .sessionsEnded: words("You are signed out everywhere else.")
            }
        sessions = OpenSessions(others: otherSessions, words)
        languages = LanguageChoice(page: "/account", visit: visit)
    }
}
