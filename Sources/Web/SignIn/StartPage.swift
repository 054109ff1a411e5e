import Core
import Storage

/// The page on which somebody begins.
struct StartPage {
    let services: Services

    /// Administrators who teach nothing now have nothing to see among trackers: they begin with the Overview.
    func path(of session: Session?, _ visit: Visit) async throws -> String {
        guard let session else { return "/sign-in" }
        if session.stage == .choose { return "/choose-password" }
        if session.person.kind == .student { return "/home" }
        guard session.administrator != nil else { return "/trackers" }
        let teacher = Teacher(id: session.person.id, day: SchoolDay(visit.now, in: visit.zone))
        return try await services.database.read { try $0.teaches(teacher) } ? "/trackers" : "/admin"
    }
}
