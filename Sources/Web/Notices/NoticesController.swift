import Core
import Hummingbird
import Rendering
import Storage

/// What a notice leads to: "This was not me". Looking changes nothing, for scanners look at everything; the button flags.
struct NoticesController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("not-me/{token}", use: show)
        anyone.post("not-me/{token}", use: disown)
    }

    @Sendable private func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        guard let notice = try await notice(token, context) else { return try closed(context) }
        let visit = visit(for: notice, context)
        let page = NoticePage(notice, action: "/not-me/\(token.percentEncoded)", visit: visit)
        return try services.answer(page, visit)
    }

    @Sendable private func disown(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await Form(request, fields: ["answer"])
        let token = context.parameters.get("token") ?? ""
        guard let notice = try await notice(token, context) else { return try closed(context) }
        // What presses every button and sends every empty form is no person who has read the page.
        guard form.optional("answer") == "not-me" else {
            return .see("/not-me/\(token.percentEncoded)")
        }
        let now = context.now
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write { try $0.disown(notice, entry: entry, at: now) }
        return .see("/not-me/\(token.percentEncoded)")
    }

    private func notice(_ token: String, _ context: AnyoneContext) async throws -> Notice? {
        let (keyring, now, token) = (services.keyring, context.now, Redacted(token))
        return try await services.database.read { try $0.notice(token, keyring: keyring, at: now) }
    }

    /// One page with one status for every address that leads nowhere.
    private func closed(_ context: AnyoneContext) throws -> Response {
        try services.answer(NoticeOverPage(visit: context.visit), context.visit, status: .notFound)
    }

    /// A child reads the child's language, unless another was chosen on a page.
    private func visit(for notice: Notice, _ context: AnyoneContext) -> Visit {
        let visit = context.visit
        return Visit(
            house: visit.house, words: services.catalogs.words(context.chosenLanguage ?? notice.language),
            zone: visit.zone, now: visit.now, signedIn: nil, path: visit.path)
    }
}
