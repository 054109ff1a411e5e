import Hummingbird

/// The fields that every answer carries, whatever it is.
struct SecurityHeaders: RouterMiddleware {
    private let fields: [HTTPFields.Element]

    init(isSecure: Bool) {
        var texts = [
            (Self.policyName.rawName, Self.policy),
            ("X-Content-Type-Options", "nosniff"),
            // Under no-referrer a form's Origin would be null, and CrossSite could not tell it from a stranger's.
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]
        // Other hosts below the same domain are not ours to bind, hence no includeSubDomains.
        if isSecure { texts.append(("Strict-Transport-Security", "max-age=31536000")) }
        fields = texts.compactMap { name, value in
            HTTPFields.Element.Name(name).map { HTTPFields.Element(name: $0, value: value) }
        }
    }

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in fields where field.name != Self.policyName || response.headers[field.name] == nil {
            response.headers[field.name] = field.value
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    static let policyName = HTTPFields.Element.Name.contentSecurityPolicy
    /// What an answer says that does not say more itself.
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
}
