package import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sends requests and takes answers whole, up to 32 MiB. What fails for a moment is sent again after a while.
struct ServiceLine: Sendable {
    /// Of one page.
    static let longest = 32 << 20
    /// From a request to its answer's last byte.
    static let patience = Span.minutes(10)

    let client: HTTPClient
    let surroundings: Surroundings
    let tries: Int

    /// `request` is made anew for each try, since a signature holds for one. Throws `RosterRefused`.
    func answer(
        of address: ServiceAddress, named name: String, _ request: @Sendable () async throws -> HTTPClientRequest
    ) async throws -> ServiceAnswer {
        var attempt = 0
        while true {
            let answer: ServiceAnswer?
            let request = try await request()
            do {
                answer = try await once(request, address, name)
            } catch let error as RosterRefused {
                throw error
            } catch {
                try Task.checkCancellation()
                if Self.isAboutCertificate(error) { throw ServiceFault.certificate(address.host) }
                answer = nil
            }
            if let answer, !answer.isBusy { return answer }
            guard attempt + 1 < tries else {
                throw answer.map { ServiceFault.busy(address.host, $0.status) }
                    ?? ServiceFault.unreachable(address.host)
            }
            try await surroundings.sleep(
                Patience.wait(
                    after: attempt, retryAfter: answer?.retryAfter, now: surroundings.clock.now(),
                    random: surroundings.random()))
            attempt += 1
        }
    }

    private func once(_ request: HTTPClientRequest, _ address: ServiceAddress, _ name: String) async throws
        -> ServiceAnswer
    {
        let begun = surroundings.clock.now()
        let response = try await client.execute(request, timeout: .seconds(120))
        // A client that follows redirects by itself has none of our business: see `HTTPClient.Configuration.rosters`.
        guard response.history.count <= 1, !(300..<400).contains(response.status.code) else {
            throw ServiceFault.elsewhere(address.host)
        }
        let said = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        guard said <= Self.longest else { throw ServiceFault.tooLong(name) }
        var body: [UInt8] = []
        body.reserveCapacity(said)
        for try await part in response.body {
            guard body.count + part.readableBytes <= Self.longest,
                surroundings.clock.now() < begun + Self.patience
            else { throw ServiceFault.tooLong(name) }
            body += part.readableBytesView
        }
        let headers = response.headers
        return ServiceAnswer(
            status: response.status.code,
            type: headers.first(name: "Content-Type")?.split(separator: ";").first.map {
                $0.lowercased().filter { $0 != " " }
            } ?? "",
            links: headers["Link"], count: headers.first(name: "X-Total-Count") ?? headers.first(name: "X-Count"),
            retryAfter: headers.first(name: "Retry-After"), body: body)
    }

    private static func isAboutCertificate(_ error: any Error) -> Bool {
        if error is NIOSSLExtraError { return true }
        guard let error = error as? NIOSSLError, case .handshakeFailed(let cause) = error else { return false }
        return "\(cause)".contains("CERTIFICATE_VERIFY_FAILED")
    }
}

extension HTTPClient.Configuration {
    /// What a client needs to be for rosters: it follows no redirect, since the secret would go with it, and unpacks nothing.
    package static var rosters: Self {
        var configuration = Self()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(20), read: .seconds(60))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }
}
