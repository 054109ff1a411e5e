import Core
import Hummingbird
import Storage

/// How long one stays signed in, and a little longer.
struct SessionController {
    let services: Services

    func routes(_ signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("session", use: left)
        signedIn.post("session", use: stay)
    }

    /// The seconds that are left, for a page's script; asking leaves them as they are.
    @Sendable func left(_ request: Request, context: SignedInContext) -> Response {
        Self.answer(context.visit.ending?.seconds ?? 0)
    }

    /// Begins the pause anew, at most up to the end of the whole session. Leads back where a form says so.
    @Sendable func stay(_ request: Request, context: SignedInContext) async throws -> Response {
        let form = try await Form(request, fields: ["return"])
        let (session, now) = (context.session, context.now)
        try await services.database.write { try $0.renewSession(session.id, at: now) }
        if let back = LocalPath.allowed(form.optional("return")) { return .see(back) }
        return Self.answer(SessionEnding(session, seen: now, at: now).seconds)
    }

    private static func answer(_ seconds: Int) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "\(seconds)")))
    }
}
