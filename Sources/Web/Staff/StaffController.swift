import Core
import Hummingbird
import Rendering
import Storage

/// Staff in an administrator's scope: who can sign in, how to get the others in, and whom to keep out.
struct StaffController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/staff", use: list)
        administrator.get("admin/staff/{person}", use: show)
        administrator.post("admin/staff/{person}/activation-email", use: mail)
        administrator.post("admin/staff/{person}/link", use: link)
        administrator.get("admin/staff/{person}/reset") { try await ask(.reset, $0, $1) }
        administrator.post("admin/staff/{person}/reset", use: reset)
        administrator.get("admin/staff/{person}/suspend") { try await ask(.suspend, $0, $1) }
        administrator.post("admin/staff/{person}/suspend") { request, context in
            try await press(.suspended, request, context) { try $0.suspendStaff($1, by: $2, entry: $3, at: $4) }
        }
        administrator.post("admin/staff/{person}/revive", use: revive)
        administrator.post("admin/staff/{person}/all-is-well") { request, context in
            try await press(.settled, request, context) {
                try $0.settleDisowning(of: $1, within: $2, entry: $3, at: $4)
            }
        }
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        let administrator = context.administrator
        let query = try Query(request)
        let filter = StaffFilter(query)
        let (list, schools, asked, note) = try await services.database.read { connection in
            (
                try connection.staff(of: administrator, filter: filter),
                try connection.openSchools(of: administrator),
                try connection.openMatches(for: administrator, limit: 0).count,
                try connection.note(query, for: administrator)
            )
        }
        let words = context.visit.words
        let page = StaffPage(
            list, filter: filter, schools: schools, asked: asked,
            note: note.map { $0.notice.note($0.person, words) },
            act: ID<Act>.new(at: context.now).description, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func show(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, id) = (context.administrator, try context.id("person", as: Account.self))
        let query = try Query(request)
        let (found, note) = try await services.database.read { connection in
            (
                try connection.staffPortrait(id, visibleTo: administrator),
                try connection.note(query, for: administrator)
            )
        }
        guard let found else { throw HTTPError(.notFound) }
        let page = StaffMemberPage(
            found, administrator: administrator, note: note.map { $0.notice.note($0.person, context.visit.words) },
            act: .new(at: context.now), back: StaffReturn.path(query["return"]), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func mail(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let person: ID<Account> = try context.id("person")
        // All forms of a drawn page carry one act: each person's is told apart, so that none is taken for another's.
        let act = try form.id("act", as: Act.self).about(person)
        guard try await StaffInvitation(services: services).send(to: person, act: act, context) else {
            throw HTTPError(.notFound)
        }
        return .see(StaffReturn.address(form.optional("return"), done: .mailed, to: person))
    }

    /// Shown once, in the answer to the press: it stands nowhere, and asking again makes another and ends this one.
    @Sendable private func link(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
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
            worksUntil: link.endsAt, back: StaffReturn.path(form.optional("return")), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private func ask(
        _ question: StaffAskPage.Question, _ request: Request, _ context: AdministratorContext
    ) async throws -> Response {
        let (administrator, id) = (context.administrator, try context.id("person", as: Account.self))
        let query = try Query(request)
        let back = StaffReturn.path(query["return"])
        let (found, generation) = try await services.database.read { connection in
            (try connection.staffMember(id, visibleTo: administrator), try connection.generation(of: id))
        }
        guard let person = found, question == .reset ? person.canReset : person.canOpen else {
            throw HTTPError(.notFound)
        }
        // There is nothing to ask about any more.
        guard person.state == .active || question == .suspend && person.state == .pending else { return .see(back) }
        let page = StaffAskPage(
            question, person, by: administrator, generation: generation, isOvertaken: query["overtaken"] != nil,
            act: .new(at: context.now), back: back, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func reset(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return", "seen"])
        let (administrator, now) = (context.administrator, context.now)
        let person: ID<Account> = try context.id("person")
        let seen = form.optional("seen").flatMap(Int.init)
        let entry = ID<AuditEntry>.new(at: now)
        let outcome = try await services.database.write {
            try $0.resetPassword(of: person, seen: seen, within: administrator, entry: entry, at: now)
        }
        let back = form.optional("return")
        switch outcome {
        case .notFound: throw HTTPError(.notFound)
        case .overtaken:
            return .see(
                PageAddress(
                    "\(StaffReturn.list)/\(person)/reset", ["overtaken": "1", "return": StaffReturn.path(back)]
                ).description)
        case .done:
            services.nudgePostman()
            return .see(StaffReturn.address(back, done: .reset, to: person))
        }
    }

    @Sendable private func revive(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let (administrator, now) = (context.administrator, context.now)
        let person: ID<Account> = try context.id("person")
        let entry = ID<AuditEntry>.new(at: now)
        let outcome = try await services.database.write {
            try $0.reviveStaff(person, by: administrator, entry: entry, at: now)
        }
        guard outcome != .notFound else { throw HTTPError(.notFound) }
        return .see(
            StaffReturn.address(
                form.optional("return"), done: outcome == .done ? .revived : .notRevived, to: person))
    }

    /// One press about one person: done within the scope, or not found.
    private func press(
        _ notice: StaffNotice, _ request: Request, _ context: AdministratorContext,
        _ work:
            @escaping @Sendable (
                any Connection, ID<Account>, Administrator, ID<AuditEntry>, Timestamp
            ) throws -> Bool
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let (administrator, now) = (context.administrator, context.now)
        let person: ID<Account> = try context.id("person")
        let entry = ID<AuditEntry>.new(at: now)
        guard try await services.database.write({ try work($0, person, administrator, entry, now) }) else {
            throw HTTPError(.notFound)
        }
        return .see(StaffReturn.address(form.optional("return"), done: notice, to: person))
    }
}

extension Connection {
    /// What an address says was just done, and to whom, as far as the administrator sees them.
    func note(
        _ query: Query, for administrator: Administrator
    ) throws -> (notice: StaffNotice, person: StaffLine)? {
        guard let notice = query["done"].flatMap(StaffNotice.init), let id = query["who"].flatMap(ID<Account>.init),
            let person = try staffMember(id, visibleTo: administrator)
        else { return nil }
        return (notice, person)
    }
}
