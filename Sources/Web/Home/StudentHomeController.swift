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
        let trackers = try await services.database.read { try $0.ownTrackers(of: person.id, on: day) }
        let news: StudentHomePage.News? =
            switch try Query(request)["news"] {
            case "first": .firstTime
            case "password": .passwordChanged
            default: nil
            }
        let page = StudentHomePage(
            givenName: context.session.givenName, username: person.username,
            trackers: trackers.map { StudentHomePage.Tracker(name: $0.name, teachers: $0.teachers) }, news: news,
            visit: visit)
        return try services.answer(page, visit)
    }
}
