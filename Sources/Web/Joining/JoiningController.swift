import Core
import Hummingbird
import Rendering
import Storage

/// Two accounts that are one person's become one; and one that is two persons' is taken apart.
struct JoiningController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students/{student}/join") { try await search(.student, $0, $1) }
        administrator.get("admin/students/{student}/join/{other}") { _, context in try await look(.student, context) }
        administrator.post("admin/students/{student}/join/{other}") { try await join(.student, $0, $1) }
        administrator.post("admin/students/{student}/apart") { try await takeApart(.student, $0, $1) }
        administrator.get("admin/staff/{person}/join") { try await search(.staff, $0, $1) }
        administrator.get("admin/staff/{person}/join/{other}") { _, context in try await look(.staff, context) }
        administrator.post("admin/staff/{person}/join/{other}") { try await join(.staff, $0, $1) }
        administrator.post("admin/staff/{person}/apart") { try await takeApart(.staff, $0, $1) }
    }

    private func search(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let person = try person(kind, context)
        let search = String((try Query(request)["q"] ?? "").prefix(100))
        let administrator = context.administrator
        let found = try await services.database.read { connection in
            try connection.peopleLike(person, kind, search: search, visibleTo: administrator).map {
                ($0, try connection.rosterIDs(of: person, kind, visibleTo: administrator) ?? [])
            }
        }
        guard let (people, ids) = found else { throw HTTPError(.notFound) }
        let page = JoinSearchPage(
            people.person, others: people.others, search: search, ids: ids, kind: kind, act: .new(at: context.now),
            visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private func look(_ kind: AccountKind, _ context: AdministratorContext) async throws -> Response {
        try await draw(kind, context)
    }

    private func join(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let (administrator, now) = (context.administrator, context.now)
        let (one, other): (ID<Account>, ID<Account>) = (try await known(kind, context), try context.id("other"))
        let form = try await Form(request, fields: ["act", "stamp", "kept"])
        let joining = JoiningAccounts(
            one: one, other: other, kind: kind, kept: try form.id("kept"),
            stamp: try form.text("stamp"), entry: .new(at: now), now: now)
        switch try await services.database.write({ try $0.join(joining, by: administrator) }) {
        case nil: throw HTTPError(.notFound)
        case .joined(let kept): return .see("\(kind.list)/\(kept)")
        case .stale:
            return try await draw(
                kind, context,
                problem: context.visit.words(
                    "One of the two has changed since you opened the page, so nothing was done. Look again."),
                status: .conflict)
        }
    }

    private func takeApart(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let (person, administrator, now) = (try await known(kind, context), context.administrator, context.now)
        let form = try await Form(request, fields: ["act", "source", "id"])
        let id = PersonRosterID(source: try form.text("source"), sourceID: try form.text("id"))
        let entry = ID<AuditEntry>.new(at: now)
        _ = try await services.database.write {
            try $0.takeApart(id, from: person, kind, by: administrator, entry: entry, at: now)
        }
        return .see("\(kind.list)/\(person)")
    }

    private func draw(
        _ kind: AccountKind, _ context: AdministratorContext, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (one, other): (ID<Account>, ID<Account>) = (try person(kind, context), try context.id("other"))
        let administrator = context.administrator
        let pair = try await services.database.read {
            try $0.twoAccounts(one, other, kind, visibleTo: administrator)
        }
        guard let pair else { throw HTTPError(.notFound) }
        let page = JoinPage(pair, kind: kind, problem: problem, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    /// Whose page it is, before anything is read of what was posted. An account that was joined already is still known.
    private func known(_ kind: AccountKind, _ context: AdministratorContext) async throws -> ID<Account> {
        let (id, administrator) = (try person(kind, context), context.administrator)
        let isKnown = try await services.database.read {
            try $0.mayJoin(id, kind, visibleTo: administrator)
        }
        guard isKnown else { throw HTTPError(.notFound) }
        return id
    }

    private func person(_ kind: AccountKind, _ context: AdministratorContext) throws -> ID<Account> {
        try context.id(kind == .student ? "student" : "person")
    }
}
