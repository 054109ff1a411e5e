import Core
import Hummingbird
import Storage

/// The Students page and what is done from its rows, mail and paper apart.
struct StudentsController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students", use: list)
        staff.get("people/students/{student}/reset", use: askReset)
        staff.post("people/students/{student}/reset", use: reset)
        staff.post("people/students/{student}/unlock", use: unlock)
    }

    @Sendable private func list(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now) = (context.teacher, context.now)
        let query = try Query(request)
        let filter = StudentFilter(query)
        let done = StudentsNotice.subject(in: query)
        let (list, trackers, subject) = try await services.database.read { connection in
            (
                try connection.students(of: teacher, filter: filter, at: now),
                try connection.trackers(of: teacher, at: now),
                try done.flatMap { try connection.student($0.student, visibleTo: teacher, at: now) }
            )
        }
        let page = StudentsPage(
            list: list, filter: filter, trackers: trackers.map { TrackerName(id: $0.id, name: $0.name) },
            notice: subject.flatMap { done?.notice($0.name) }, mint: IDMint(at: now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func askReset(_ request: Request, context: TeacherContext) async throws -> Response {
        let student = try await student(context)
        guard student.state == .active else { return .see(StudentFilter(search: student.username).address) }
        let page = ResetPage(student: student, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func reset(_ request: Request, context: TeacherContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let (teacher, now, id) = (context.teacher, context.now, try context.id("student", as: Account.self))
        let entry = ID<AuditEntry>.new(at: now)
        guard
            try await services.database.write({
                try $0.resetPassword(of: id, visibleTo: teacher, entry: entry, at: now)
            })
        else { throw HTTPError(.notFound) }
        return .see(StudentsNotice.address("/people/students", done: "reset", to: id))
    }

    @Sendable private func unlock(_ request: Request, context: TeacherContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let (teacher, now, id) = (context.teacher, context.now, try context.id("student", as: Account.self))
        let entry = ID<AuditEntry>.new(at: now)
        guard
            try await services.database.write({ try $0.liftWait(of: id, visibleTo: teacher, entry: entry, at: now) })
        else { throw HTTPError(.notFound) }
        return .see(StudentsNotice.address(form.optional("return"), done: "unlocked", to: id))
    }

    private func student(_ context: TeacherContext) async throws -> StudentLine {
        let (teacher, now, id) = (context.teacher, context.now, try context.id("student", as: Account.self))
        let found = try await services.database.read { try $0.student(id, visibleTo: teacher, at: now) }
        guard let found else { throw HTTPError(.notFound) }
        return found
    }
}
