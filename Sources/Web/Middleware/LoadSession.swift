import Core
import Hummingbird
import Logging
import Rendering
import Storage

/// Finds out who is asking, with one query, and speaks their language from here on.
struct LoadSession: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard let token = SessionCookie(services.settings.publicURL).read(from: request),
            let visit = context.visit,
            let session = try await services.database.read({ try $0.session(token, at: visit.now) })
        else { return try await next(request, context) }
        var context = context
        context.session = session
        context.visit = Visit(
            house: visit.house, words: services.catalogs.words(session.language), zone: visit.zone, now: visit.now,
            signedIn: session.stage == .full ? session.person : nil, path: visit.path)
        if session.seenAt + SessionLife.renewal <= visit.now { await renew(session, at: visit.now) }
        return try await next(request, context)
    }

    /// A page can be shown even where nothing can be written.
    private func renew(_ session: Session, at now: Timestamp) async {
        do {
            try await services.database.write { try $0.renewSession(session.id, at: now) }
        } catch {
            services.logger.warning("session not renewed", metadata: ["error": "\(error)"])
        }
    }
}
