import Rendering

/// A student's own page: who I am here, my trackers, my password.
package struct StudentHomePage: Page {
    package static let template = "home/student-home"

    /// One of the student's trackers with the names of those who teach it.
    package struct Tracker: Sendable, Equatable {
        let name: String
        let teachers: [String]
        package init(name: String, teachers: [String]) {
            self.name = name
            self.teachers = teachers
        }
    }
    /// What has just happened, said once.
    package enum News: Sendable { case firstTime, passwordChanged, sessionsEnded }

    struct Tile {
        let name: String
        let teachers: String?
    }
    let layout: Layout
    let greeting: String
    let name: String
    let username: String
    let isFirstTime: Bool
    let isChanged: Bool
    let tiles: [Tile]
    let hasTiles: Bool
    let haveSessionsEnded: Bool
    let sessions: OpenSessions
    let languages: LanguageChoice

    /// `givenName` is what the page calls the student; `otherSessions` counts the browsers beside this one.
    package init(
        givenName: String, name: String, username: String, trackers: [Tracker], otherSessions: Int, news: News? = nil,
        visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("My page"), visit, kind: .child)
        greeting =
            news == .firstTime
            ? words("You are in, {name}!", ["name": givenName]) : words("Hello {name}!", ["name": givenName])
        self.name = name
        self.username = username
        isFirstTime = news == .firstTime
        isChanged = news == .passwordChanged
        tiles = trackers.map { Tile(name: $0.name, teachers: $0.teachers.isEmpty ? nil : words.list($0.teachers)) }
        hasTiles = !trackers.isEmpty
        haveSessionsEnded = news == .sessionsEnded
        sessions = OpenSessions(others: otherSessions, words)
        languages = LanguageChoice(page: "/home", visit: visit)
    }
}
