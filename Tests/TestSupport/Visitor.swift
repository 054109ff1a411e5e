import Hummingbird
import HummingbirdTesting
import Synchronization

/// A person at a browser: keeps cookies, sends what a browser sends, reads what a person reads.
package final class Visitor: Sendable {
    private let client: any TestClientProtocol
    private let isSecure: Bool
    private let jar = Mutex<[String: String]>([:])

    init(client: any TestClientProtocol, isSecure: Bool) {
        self.client = client
        self.isSecure = isSecure
    }

    /// The cookies by name.
    package var cookies: [String: String] { jar.withLock { $0 } }

    package func keep(cookie name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    /// Looks at a page.
    @discardableResult package func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    /// Presses the button of a form. Pairs may repeat a name.
    @discardableResult package func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], headers: [String: String] = [:]
    ) async throws -> Answer {
        let body = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await post(path, body: body, headers: headers)
    }

    /// Sends a form's body as it stands.
    @discardableResult package func post(
        _ path: String, body: String, headers: [String: String] = [:]
    ) async throws -> Answer {
        let usual = ["content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"]
        return try await send("POST", path, headers: usual.merging(headers) { _, new in new }, body: body)
    }

    /// The words on a page.
    package func text(of path: String) async throws -> String { try await get(path).text }

    /// Types a name and a password at the door.
    package func signIn(_ name: String, _ password: String) async throws -> Answer {
        try await post("/sign-in", ["username": name, "password": password])
    }

    /// Any request at all. An empty header value leaves the header out.
    @discardableResult package func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        try await send(method, path, headers: headers, bytes: body.map { Array($0.utf8) })
    }

    /// The same with a body that need not be text.
    @discardableResult func send(
        _ method: String, _ path: String, headers: [String: String], bytes: [UInt8]?
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers where !value.isEmpty {
            guard let name = HTTPFields.Element.Name(name) else { throw Trouble("\(name) is no header") }
            fields[name] = value
        }
        let cookies = cookies
        if !cookies.isEmpty { fields[.cookie] = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ") }
        guard let verb = HTTPRequest.Method(method) else { throw Trouble("\(method) is no method") }
        let response = try await client.executeRequest(
            uri: path, method: verb, headers: fields, body: bytes.map { ByteBuffer(bytes: $0) })
        let answer = Answer(
            status: response.status.code,
            headers: response.headers.map { ($0.name.canonicalName, $0.value) },
            body: String(buffer: response.body))
        for cookie in answer.cookies { keep(cookie: cookie.name, cookie.isGone ? nil : cookie.value) }
        return answer
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte == 0x2d || byte == 0x2e || byte == 0x5f || (0x30...0x39).contains(byte)
                || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            if isPlain { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
