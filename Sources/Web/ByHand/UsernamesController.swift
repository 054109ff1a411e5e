import Core
import Hummingbird
import Storage

/// Another username for a student or a member of staff; the one before still signs in.
struct UsernamesController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students/{student}/username") { _, context in try await ask(.student, context) }
        administrator.post("admin/students/{student}/username") { try await change(.student, $0, $1) }
        administrator.get("admin/staff/{person}/username") { _, context in try await ask(.staff, context) }
        administrator.post("admin/staff/{person}/username") { try await change(.staff, $0, $1) }
    }

    private func ask(_ kind: AccountKind, _ context: AdministratorContext) async throws -> Response {
        let names = try await names(kind, context)
        let page = UsernamePage(names, kind: kind, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private func change(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let form = try await Form(request, fields: ["act", "before", "username"])
        let names = try await names(kind, context)
        var typed = TypedPerson()
        typed.username = try form.text("username")
        let change = UsernameChange(
            person: names.id, kind: kind, username: typed.cleaned.username, before: try form.text("before"),
            entry: .new(at: context.now), now: context.now)
        let administrator = context.administrator
        let (status, problem): (HTTPResponse.Status, UsernamePage.Problem)
        switch try await services.database.write({ try $0.changeUsername(change, by: administrator) }) {
        case nil: throw HTTPError(.notFound)
        case .saved:
            return .see("\(kind.list)/\(names.id)")
        case .problem(let why): (status, problem) = (.unprocessableContent, .unusable(why))
        case .stale: (status, problem) = (.conflict, .changedMeanwhile)
        }
        let now = try await self.names(kind, context)
        let page = UsernamePage(
            now, kind: kind, typed: change.username, problem: problem, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    private func names(_ kind: AccountKind, _ context: AdministratorContext) async throws -> NamesOfPerson {
        let id: ID<Account> = try context.id(kind == .student ? "student" : "person")
        let administrator = context.administrator
        let found = try await services.database.read { try $0.names(of: id, kind, visibleTo: administrator) }
        guard let found else { throw HTTPError(.notFound) }
        return found
    }
}
