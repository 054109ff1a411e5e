package import Core
import Rendering

/// What a member of staff can see and change of the own account.
package struct AccountPage: Page {
    package static let template = "account/account"

    /// What has just happened, said once.
    package enum News: Sendable { case passwordChanged, languageChanged, sessionsEnded }

    struct Choice {
        let tag: String
        let name: String
        let isCurrent: Bool
    }
    let layout: Layout
    let name: String
    let username: String
    let address: String?
    let place: String
    let news: String?
    let sessions: String
    let hasOthers: Bool
    let languages: [Choice]

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
            case .languageChanged: words("The language is changed.")
            case .sessionsEnded: words("You are signed out everywhere else.")
            }
        hasOthers = otherSessions > 0
        sessions =
            hasOthers
            ? words.plural(
                "You are signed in here and in {count} other browser.",
                "You are signed in here and in {count} other browsers.", otherSessions)
            : words("You are signed in only here.")
        languages = visit.house.languages.map {
            Choice(tag: $0.tag, name: $0.name, isCurrent: $0.tag == words.language)
        }
    }
}
