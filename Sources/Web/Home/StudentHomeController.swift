import Core
import Hummingbird
import Storage

/// A student's own page.
struct StudentHomeController {
    let services: Services

    func routes(_ student: RouterGroup<StudentContext>) { student.get("home", use: show) }

    @Sendable func show(_ request: Request, context: StudentContext) async throws -> Response {
        let visit = context.visit
        let person = context.person
        let day = SchoolDay(visit.now, in: visit.zone)
        let session = context.session.id
        let (trackers, others) = try await services.database.read {
            (
                try $0.ownTrackers(of: person.id, on: day),
                try $0.otherSessions(of: person.id, than: session, at: visit.now)
            )
        }
        let news: StudentHomePage.News? =
            switch try Query(request)["news"] {
            case "first": .firstTime
            case "password": .passwordChanged
            case "sessions": .sessionsEnded
            default: nil
            }
        let page = StudentHomePage(
            givenName: context.session.givenName, name: person.name, username: person.username,
            trackers: trackers.map { StudentHomePage.Tracker(name: $0.name, teachers: $0.teachers) },
            otherSessions: others, news: news, visit: visit)
        return try services.answer(page, visit)
    }
}
