import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1

/// Asks a service as somebody who may: signed, or with a token that is renewed when it is over.
actor ServiceKey {
    private let connection: OneRosterConnection
    private let line: ServiceLine
    private var token: OAuth2Client.Token?
    /// True once a page was given: a refusal after that is no matter of a wrong secret.
    private var wasAccepted = false

    init(_ connection: OneRosterConnection, line: ServiceLine) {
        self.connection = connection
        self.line = line
    }

    /// GETs a page. A 401 is met once with a new token or signature.
    func answer(of address: ServiceAddress, _ query: Query, named name: String) async throws -> ServiceAnswer {
        for isLast in [false, true] {
            let answer = try await line.answer(of: address, named: name) {
                var request = HTTPClientRequest(url: "\(address.text)?\(query.encoded)")
                request.headers.add(name: "Authorization", value: try await authorization(for: address, query))
                request.headers.add(name: "Accept", value: "application/json")
                request.headers.add(name: "User-Agent", value: "FirstBell")
                return request
            }
            if answer.status != 401 {
                wasAccepted = true
                return answer
            }
            if isLast { break }
            token = nil
        }
        throw wasAccepted ? ServiceFault.status(401, of: name) : ServiceFault.credentials(address.host)
    }

    private func authorization(for address: ServiceAddress, _ query: Query) async throws -> String {
        let now = line.surroundings.clock.now()
        switch connection.access {
        case .oauth1(let signature):
            return signature.header(of: address, query, nonce: line.surroundings.nonce(), at: now)
        case .oauth2(let client):
            if let token, token.expiresAt.map({ now < $0 }) ?? true { return "Bearer \(token.text.value)" }
            let new = try await newToken(client)
            token = new
            return "Bearer \(new.text.value)"
        }
    }

    private func newToken(_ client: OAuth2Client) async throws -> OAuth2Client.Token {
        let answer = try await line.answer(of: client.address, named: "token") {
            var request = HTTPClientRequest(url: client.address.text)
            request.method = .POST
            request.headers.add(name: "Authorization", value: client.basic)
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.headers.add(name: "Accept", value: "application/json")
            request.body = .bytes(ByteBuffer(string: client.form))
            return request
        }
        switch answer.status {
        case 200, 201: return try client.token(in: answer.body, at: line.surroundings.clock.now())
        case 400, 401, 403: throw ServiceFault.credentials(client.address.host)
        default: throw ServiceFault.status(answer.status, of: "token")
        }
    }
}
