import Hummingbird

/// Takes a POST only from our own pages: by `Sec-Fetch-Site`, which no page can forge, else by `Origin`.
struct CrossSite: RouterMiddleware {
    let origin: String

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard request.method.isUnsafe, !isOurs(request) else { return try await next(request, context) }
        throw HTTPError(.forbidden)
    }

    private func isOurs(_ request: Request) -> Bool {
        let sites = request.headers[all: "sec-fetch-site"]
        if !sites.isEmpty { return sites == ["same-origin"] || sites == ["none"] }
        return request.headers[values: .origin] == [origin]
    }
}

extension HTTPRequest.Method {
    /// True for what may change something (RFC 9110, section 9.2.1).
    var isUnsafe: Bool { ![.get, .head, .options, .trace].contains(self) }
}
