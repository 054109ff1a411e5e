import Core
import Hummingbird
import Storage

/// The students of an administrator's schools: the same board as a teacher's, for a whole district.
struct AdminStudentsController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students", use: list)
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let day = SchoolDay(now, in: context.visit.zone)
        let query = try Query(request)
        let filter = StudentFilter(query)
        let done = StudentsNotice.subject(in: query)
        let (list, choices, subject, asking) = try await services.database.read { connection in
            (
                try connection.students(of: administrator, filter: filter, on: day, at: now),
                try connection.studentChoices(of: administrator, school: filter.school, on: day),
                try done.flatMap { try connection.student($0.student, within: administrator, at: now) },
                try connection.studentsWhoAsk(.administrator(administrator, day), at: now)
            )
        }
        let page = StudentsPage(
            list: list, filter: filter,
            board: .administrator(choices, hasDistrict: administrator.hasDistrict),
            notice: subject.flatMap { done?.notice($0.name) }, asking: asking, mint: IDMint(at: now),
            visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
