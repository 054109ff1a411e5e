import Core
import Hummingbird
import Storage

/// Staff in an administrator's scope: who can sign in, and how to get the others in.
struct StaffController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/staff", use: list)
        administrator.post("admin/staff/activation-emails", use: mailAll)
        administrator.post("admin/staff/{person}/activation-email", use: mailOne)
        administrator.post("admin/staff/{person}/link", use: link)
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let query = try Query(request)
        let filter = StaffFilter(
            state: query["state"].flatMap(StaffState.init), school: query["school"].flatMap(ID<School>.init),
            search: String((query["q"] ?? "").prefix(200)), after: query["after"])
        let mailed = query["mailed"].flatMap(ID<Account>.init)
        let (list, schools, person) = try await services.database.read { connection in
            (
                try connection.staff(of: administrator, filter: filter),
                try connection.schools(of: administrator, at: now).map { School(id: $0.id, name: $0.name) },
                try mailed.flatMap { try connection.staffMember($0, visibleTo: administrator) }
            )
        }
        let all = query["mailed-all"].flatMap(Int.init).map { StaffPage.News.mailedAll(count: $0) }
        let page = StaffPage(
            list, filter: filter, schools: schools.sorted { $0.name < $1.name }, news: person.map(Self.news) ?? all,
            act: ID<Act>.new(at: now).description, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private static func news(_ person: StaffLine) -> StaffPage.News {
        person.address == nil ? .noAddress(name: person.name) : .mailed(name: person.name)
    }

    @Sendable private func mailAll(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let count = try await StaffInvitation(services: services).send(to: nil, act: try form.id("act"), context) ?? 0
        return .see("/admin/staff?mailed-all=\(count)")
    }

    @Sendable private func mailOne(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let person: ID<Account> = try context.id("person")
        // All forms of a drawn page carry one act: each person's is told apart, so that none is taken for another's.
        let act = try form.id("act", as: Act.self).about(person)
        guard try await StaffInvitation(services: services).send(to: person, act: act, context) != nil else {
            throw HTTPError(.notFound)
        }
        return .see("/admin/staff?mailed=\(person)")
    }

    @Sendable private func link(_ request: Request, context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act", "return"])
        let (administrator, now) = (context.administrator, context.now)
        let person: ID<Account> = try context.id("person")
        let link = NewLink.forStaff(origin: .shown, key: services.keyring.current, at: now)
        let entry = ID<AuditEntry>.new(at: now)
        let found = try await services.database.write { connection -> StaffLine? in
            guard let line = try connection.staffMember(person, openedBy: administrator), line.state == .pending else {
                return nil
            }
            try connection.makeStaffLink(link, for: person, by: administrator.id, entry: entry)
            return line
        }
        guard let found else { throw HTTPError(.notFound) }
        let token = try link.token(services.keyring)
        let page = StaffLinkPage(
            name: found.name, link: Redacted(services.settings.publicURL.address("/activate/\(token.value)")),
            worksUntil: link.endsAt, visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
