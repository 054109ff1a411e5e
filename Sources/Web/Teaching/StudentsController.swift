import Core
import Hummingbird
import Storage

/// The Students page and what is done from its rows, mail and paper apart.
struct StudentsController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students", use: list)
    }

    @Sendable private func list(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now) = (context.teacher, context.now)
        let query = try Query(request)
        let filter = StudentFilter(query)
        let done = StudentsNotice.subject(in: query)
        let (list, trackers, subject, asking) = try await services.database.read { connection in
            (
                try connection.students(of: teacher, filter: filter, at: now),
                try connection.trackers(of: teacher, at: now),
                try done.flatMap { try connection.student($0.student, visibleTo: teacher, at: now) },
                try connection.studentsWhoAsk(.teacher(teacher), at: now)
            )
        }
        let page = StudentsPage(
            list: list, filter: filter, trackers: trackers.map { TrackerName(id: $0.id, name: $0.name) },
            notice: subject.flatMap { done?.notice($0.name) }, asking: asking, mint: IDMint(at: now),
            visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
