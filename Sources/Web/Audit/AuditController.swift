import Core
import Hummingbird
import Storage

/// Who did what to whom: to read, and to take along as a file.
struct AuditController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/audit", use: show)
        // A POST, although nothing but the audit changes: no link that somebody sends and no browser that looks ahead can
        // make an administrator take thousands of names out of FirstBell.
        administrator.post("admin/audit.csv", use: export)
    }

    @Sendable private func show(_ request: Request, context: AdministratorContext) async throws -> Response {
        let administrator = context.administrator
        let question = AuditQuestion(try Query(request))
        let found = try await people(meant: question, for: administrator)
        if let clear = found.understood(question) { return .see(clear.address) }
        let visit = context.visit
        let filter: AuditFilter
        do { filter = try question.filter(in: visit.zone) } catch {
            return try await draw(question, found, AuditList(lines: [], next: nil), problem: error, context)
        }
        let isUnclear = !question.who.isEmpty || !question.whom.isEmpty
        let list =
            isUnclear
            ? AuditList(lines: [], next: nil)
            : try await services.database.read { try $0.audit(for: administrator, filter: filter) }
        return try await draw(question, found, list, problem: nil, context)
    }

    private func draw(
        _ question: AuditQuestion, _ found: AuditPeople, _ list: AuditList, problem: AuditQuestion.Problem?,
        _ context: AdministratorContext
    ) async throws -> Response {
        let administrator = context.administrator
        let (schools, actor, subject) = try await services.database.read { connection in
            (
                try connection.openSchools(of: administrator),
                try question.actor.flatMap { try connection.person($0, for: administrator) },
                try question.subject.flatMap { try connection.person($0, for: administrator) }
            )
        }
        let chosen = AuditChosen(actor: actor?.name ?? list.lines.first?.actor?.name, subject: subject?.name)
        let page = AuditPage(
            list, question: question, people: found, chosen: chosen, schools: schools, problem: problem,
            administrator: administrator, visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func people(meant question: AuditQuestion, for administrator: Administrator) async throws -> AuditPeople {
        guard !question.who.isEmpty || !question.whom.isEmpty else { return AuditPeople() }
        return try await services.database.read { connection in
            var found = AuditPeople()
            if !question.who.isEmpty {
                found.who = try connection.people(meaning: question.who, kind: .staff, for: administrator)
            }
            if !question.whom.isEmpty {
                found.whom = try connection.people(meaning: question.whom, kind: nil, for: administrator)
            }
            return found
        }
    }

    @Sendable private func export(_ request: Request, context: AdministratorContext) async throws -> Response {
        let question = AuditQuestion(try await Form(request, fields: AuditQuestion.fields))
        let visit = context.visit
        var filter: AuditFilter
        do { filter = try question.filter(in: visit.zone) } catch {
            return try await draw(question, AuditPeople(), AuditList(lines: [], next: nil), problem: error, context)
        }
        let (administrator, now) = (context.administrator, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write {
            try $0.record(.auditExported, by: administrator.id, detail: "audit", id: entry, at: now)
        }
        filter.after = entry
        let export = AuditExport(administrator: administrator, filter: filter, words: visit.words, zone: visit.zone)
        return export.response(from: services.database, named: "audit-\(SchoolDay(now, in: visit.zone).today).csv")
    }
}

/// Whom typed names may mean.
struct AuditPeople: Sendable {
    var who: [AuditLine.Person] = []
    var whom: [AuditLine.Person] = []

    /// The question with ids for names, where each name means one person; nil where nothing was typed or it stays unclear.
    func understood(_ question: AuditQuestion) -> AuditQuestion? {
        guard !question.who.isEmpty || !question.whom.isEmpty else { return nil }
        var clear = question
        if !question.who.isEmpty {
            guard who.count == 1 else { return nil }
            (clear.actor, clear.who) = (who[0].id, "")
        }
        if !question.whom.isEmpty {
            guard whom.count == 1 else { return nil }
            (clear.subject, clear.whom) = (whom[0].id, "")
        }
        return clear
    }
}

/// The names of the people whom the filter holds; nil where the person asking does not know them.
struct AuditChosen: Sendable {
    var actor: String?
    var subject: String?
}
