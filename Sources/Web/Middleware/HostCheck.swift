import Hummingbird

/// Answers under the public address only: a GET of another host is sent there, anything else is refused.
struct HostCheck: RouterMiddleware {
    let settings: SiteSettings
    /// Asked by machines that know only an address.
    private static let probes: Set<String> = ["/healthz", "/readyz", "/metrics"]

    init(_ settings: SiteSettings) { self.settings = settings }

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if isRight(request, context) || Self.probes.contains(request.uri.path) {
            return try await next(request, context)
        }
        guard request.method == .get || request.method == .head else { throw HTTPError(.misdirectedRequest) }
        let path = request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path
        guard path.hasPrefix("/") else { throw HTTPError(.misdirectedRequest) }
        return Response(
            status: .permanentRedirect, headers: [.location: settings.publicURL.address(path)])
    }

    private func isRight(_ request: Request, _ context: SiteContext) -> Bool {
        let forwarded = Forwarded(request, peer: context.peer, trusting: settings.trustedProxies)
        if settings.publicURL.isSecure, forwarded.isSecure == false { return false }
        guard var host = request.head.authority?.lowercased() else { return false }
        let usual = settings.publicURL.isSecure ? ":443" : ":80"
        if host.hasSuffix(usual) { host.removeLast(usual.count) }
        return host == settings.publicURL.authority
    }
}
