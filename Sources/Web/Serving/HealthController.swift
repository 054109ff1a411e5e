import Core
import Hummingbird
import Storage

/// What machines ask: is the program there, is it ready, what has it done.
struct HealthController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("healthz", use: health)
        anyone.get("readyz", use: readiness)
        anyone.get("metrics", use: metrics)
    }

    @Sendable func health(_ request: Request, context: AnyoneContext) -> Response { .text("ok\n") }

    /// Ready once the database answers and every key is there that other servers work with.
    @Sendable func readiness(_ request: Request, context: AnyoneContext) async throws -> Response {
        do { _ = try await services.database.read { try $0.exists("SELECT id FROM district") } } catch {
            return .notReady("the database is away")
        }
        let missing = services.missingKeys().map(\.description)
        guard missing.isEmpty else {
            return .notReady(
                "the keyring lacks \(missing.joined(separator: ", ")), which other servers have: copy it and restart")
        }
        return .text("ready\n")
    }

    @Sendable func metrics(_ request: Request, context: AnyoneContext) throws -> Response {
        guard isAllowed(request, context) else { throw HTTPError(.notFound) }
        return .text(services.counters.text(), type: "text/plain; version=0.0.4; charset=utf-8")
    }

    /// For this machine, or for whoever has the token. A local proxy passes on strangers, so what was passed on is theirs.
    private func isAllowed(_ request: Request, _ context: AnyoneContext) -> Bool {
        if let token = services.settings.metricsToken,
            ConstantTime.equal(request.headers[.authorization] ?? "", "Bearer \(token.value)")
        {
            return true
        }
        let forwarded = Forwarded(request, peer: context.client, trusting: [])
        return !forwarded.wasPassedOn && context.client.map(ClientAddress.isLoopback) == true
    }
}

/// Comparing without telling by the time it takes where two texts differ.
enum ConstantTime {
    static func equal(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }
}

extension Response {
    fileprivate static func notReady(_ reason: String) -> Response {
        var response = text("not ready: \(reason)\n")
        response.status = .serviceUnavailable
        response.headers[.retryAfter] = "2"
        return response
    }

    /// Plain text for machines.
    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
