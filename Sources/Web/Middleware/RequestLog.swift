import Hummingbird
import Logging

/// One line a request: what was asked for and what came of it. Never a path, a query, a name or a secret.
struct RequestLog: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let time = ContinuousClock.now - start
        services.counters.count(status: response.status.code, took: time)
        let route = context.endpointPath ?? "-"
        let level: Logger.Level = response.status.code >= 500 ? .error : route == "/healthz" ? .debug : .info
        services.logger.log(
            level: level, "request",
            metadata: [
                "request": "\(context.id)",
                "method": "\(request.method.rawValue.prefix(16))", "route": "\(route)",
                "status": "\(response.status.code)",
                "ms": "\(time.components.attoseconds / 1_000_000_000_000_000 + time.components.seconds * 1_000)",
            ])
        return response
    }
}
