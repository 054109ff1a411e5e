import Core
import Hummingbird
import Storage

/// How mail leaves the district, and the letters of the outbox folder where it does not.
struct MailController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/mail", use: overview)
        district.get("admin/mail/letters/{letter}", use: letter)
    }

    @Sendable private func overview(_ request: Request, context: DistrictContext) async throws -> Response {
        let (counts, last, lastBounce) = try await services.database.read { connection in
            (try connection.mailCounts(), try connection.lastAcceptedMail(), try connection.lastBounce())
        }
        let condition = services.mailroom.condition()
        let mail = MailOverview(
            server: services.mailroom.server, isPostmanRunning: condition.isRunning, counts: counts,
            lastAcceptedAt: last, returns: services.mailroom.returns, lastBounceAt: lastBounce,
            lastComplaint: condition.complaint, letters: try services.mailroom.letters())
        return try services.answer(AdminMailPage(mail, visit: context.visit), context.visit)
    }

    /// Each reading of a letter is audited first: it may name people and, in the demo, hold a link.
    @Sendable private func letter(_ request: Request, context: DistrictContext) async throws -> Response {
        let name = context.parameters.get("letter") ?? ""
        guard let letter = try services.mailroom.letters().first(where: { $0.name == name }) else {
            throw HTTPError(.notFound)
        }
        let (reader, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write {
            try $0.record(.letterShown, by: reader, detail: "letter", id: entry, at: now)
        }
        guard let text = try services.mailroom.text(name) else { throw HTTPError(.notFound) }
        let page = AdminLettersPage(
            letter, text: text, isBlanked: !services.settings.isDemo, visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
