import Core
import Hummingbird
import Storage

/// A student's own page, for teachers and for administrators.
struct StudentDetailController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students/{student}") { request, context in
            try await show(request, context, .teacher(context.teacher), .people)
        }
    }

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students/{student}") { request, context in
            try await show(request, context, context.viewer, .admin)
        }
    }

    private func show(
        _ request: Request, _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor
    ) async throws -> Response {
        let (now, id) = (context.now, try context.id("student", as: Account.self))
        let done = StudentsNotice.subject(in: try Query(request))
        let found = try await services.database.read { connection in
            try connection.studentDetail(id, for: viewer, at: now).map { detail in
                (detail, try connection.mayCorrectAddresses(viewer))
            }
        }
        guard let (detail, mayCorrect) = found else { throw HTTPError(.notFound) }
        let notice = done.flatMap { $0.student == id ? $0.notice(detail.line.name) : nil }
        let page = StudentPage(
            detail, door: door, mayCorrect: mayCorrect, note: notice.map { .good($0.text(context.visit.words)) },
            mint: IDMint(at: now), visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
