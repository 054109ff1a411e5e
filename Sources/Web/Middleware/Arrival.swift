import Core
import Hummingbird
import Rendering

/// Finds out from where a request comes and in which language its sender reads, before anything is answered.
struct Arrival: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.client = Forwarded(request, peer: context.peer, trusting: services.settings.trustedProxies).client
        let chosen = request.cookies[LanguageCookie.name].map(\.value).flatMap(known)
        context.chosenLanguage = chosen
        let language =
            chosen ?? RequestLanguage.preferred(request.headers[.acceptLanguage], among: services.catalogs.languages)
            ?? services.settings.language
        context.visit = Visit(
            house: services.house, words: services.catalogs.words(language), zone: services.settings.zone,
            now: services.clock.now(), signedIn: nil, path: Self.path(request))
        return try await next(request, context)
    }

    private func known(_ language: String) -> String? { services.catalogs.languages.first { $0 == language } }

    /// Path and query, to come back to; nothing where the path is a secret.
    private static func path(_ request: Request) -> String {
        if LocalPath.holdsSecret(request.uri.path) { return "" }
        return request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path
    }
}

/// What trusted proxies say of a request.
struct Forwarded {
    /// The nearest address that is not a trusted proxy's.
    let client: String?
    /// False when a trusted proxy took the request over plain http.
    let isSecure: Bool?
    /// True when somebody, trusted or not, says to have passed the request on.
    let wasPassedOn: Bool

    init(_ request: Request, peer: String?, trusting proxies: [Network]) {
        let hops = request.headers[all: "x-forwarded-for"].flatMap { $0.split(separator: ",") }
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        wasPassedOn = !hops.isEmpty || !request.headers[all: "forwarded"].isEmpty
        guard let peer, proxies.contains(where: { $0.contains(peer) }) else {
            client = peer
            isSecure = nil
            return
        }
        client = hops.last { hop in !proxies.contains { $0.contains(hop) } } ?? peer
        isSecure = request.headers[all: "x-forwarded-proto"].last.map { $0.lowercased() == "https" }
    }
}

extension HTTPFields {
    /// The values of a field by its name in small letters, for names that the library has no constant for.
    subscript(all name: String) -> [String] { filter { $0.name.canonicalName == name }.map(\.value) }
}
