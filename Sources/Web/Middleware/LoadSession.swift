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
        guard let token = SessionCookie(services.settings.publicURL).read(from: request), let visit = context.visit
        else { return try await next(request, context) }
        var context = context
        guard let session = try await services.database.read({ try $0.session(token, at: visit.now) }) else {
            context.hadSession = true
            return try await next(request, context)
        }
        context.session = session
        let isDue = session.seenAt + SessionLimits.renewal <= visit.now && !Self.isByItself(request)
        context.visit = Visit(
            house: visit.house, words: services.catalogs.words(session.language), zone: visit.zone, now: visit.now,
            signedIn: session.stage == .full ? session.person : nil, path: visit.path,
            ending: session.stage == .full
                ? SessionEnding(session, seen: isDue ? visit.now : session.seenAt, at: visit.now) : nil,
            isMailStuck: session.person.hasDistrict && services.mailroom.condition().complaint != nil)
        if isDue { await renew(session, at: visit.now) }
        return try await next(request, context)
    }

    /// True for what a page's script looks up by itself: nobody has pressed anything. The scripts say so, and Fetch
    /// Metadata does where the browser has it.
    private static func isByItself(_ request: Request) -> Bool {
        !request.method.isUnsafe
            && (request.headers[all: "sec-fetch-dest"] == ["empty"] || !request.headers[all: "by-itself"].isEmpty
                || request.headers[.accept] == "text/event-stream")
    }

    /// A page can be shown even where nothing can be written.
    private func renew(_ session: Session, at now: Timestamp) async {
        do {
            try await services.database.write(at: .readCommitted) { try $0.renewSession(session.id, at: now) }
        } catch {
            services.logger.warning("session not renewed", metadata: ["error": "\(error)"])
        }
    }
}
