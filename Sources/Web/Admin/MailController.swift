import Core
import Hummingbird
import Mail
import Storage

/// How mail leaves the district, and the letters of the outbox folder where it does not.
struct MailController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/mail", use: overview)
        district.post("admin/mail/check", use: check)
        district.get("admin/mail/letters/{letter}", use: letter)
    }

    @Sendable private func overview(_ request: Request, context: DistrictContext) async throws -> Response {
        try await draw(context, nil)
    }

    /// Says hello to the mail server and goodbye: a try by somebody, so no GET. Nothing is kept of it.
    @Sendable private func check(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: [])
        guard let checkup = await services.mailroom.check() else { return .see("/admin/mail") }
        return try await draw(context, checkup)
    }

    private func draw(_ context: DistrictContext, _ checkup: ServerCheckup?) async throws -> Response {
        let (mailroom, now) = (services.mailroom, context.now)
        let (counts, last, volume, lastBounce) = try await services.database.read { connection in
            (
                try connection.mailCounts(), try connection.lastAcceptedMail(), try connection.mailVolume(at: now),
                try connection.lastBounce()
            )
        }
        let mail = MailOverview(
            server: mailroom.server, condition: mailroom.condition(), counts: counts, lastAcceptedAt: last,
            returns: mailroom.returns, lastBounceAt: lastBounce, volume: volume, quota: mailroom.quota,
            advice: mailroom.advice, checkup: checkup, letters: try mailroom.letters())
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
