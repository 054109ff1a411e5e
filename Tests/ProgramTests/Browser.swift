import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Somebody at a browser, over a real connection.
struct Browser: Sendable {
    struct Answer: Sendable {
        let status: Int
        let location: String?
        /// Name and value of the cookie that was set.
        let cookie: String?
        let body: String
    }

    static let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))

    let url: String
    /// Sent along.
    var cookie: String?

    func get(_ path: String) async throws -> Answer { try await send(HTTPClientRequest(url: url + path)) }

    /// Sends a form; the values need no escaping.
    func post(_ path: String, _ form: KeyValuePairs<String, String>) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "sec-fetch-site", value: "same-origin")
        request.body = .bytes(ByteBuffer(string: form.map { "\($0)=\($1)" }.joined(separator: "&")))
        return try await send(request)
    }

    private func send(_ request: HTTPClientRequest) async throws -> Answer {
        var request = request
        if let cookie { request.headers.add(name: "cookie", value: cookie) }
        let response = try await Self.client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 4_000_000)
        let cookie = response.headers.first(name: "set-cookie")?.split(separator: ";").first.map(String.init)
        return Answer(
            status: Int(response.status.code), location: response.headers.first(name: "location"), cookie: cookie,
            body: String(buffer: body))
    }
}
