import Core
import Foundation

/// Asks for tokens with client credentials (RFC 6749 4.4) and reads the answers.
struct OAuth2Client: Sendable {
    let address: ServiceAddress
    let id: String
    let secret: Redacted<String>
    let scope: String?

    struct Token: Sendable {
        let text: Redacted<String>
        /// nil where the server does not say; then a 401 tells.
        let expiresAt: Timestamp?
    }

    /// RFC 6749 2.3.1: id and secret are encoded as in a form before they are joined.
    var basic: String {
        "Basic " + Data("\(id.percentEncoded):\(secret.value.percentEncoded)".utf8).base64EncodedString()
    }

    var form: String {
        var form = Query()
        form["grant_type"] = "client_credentials"
        if let scope, !scope.isEmpty { form["scope"] = scope }
        return form.encoded
    }

    /// Throws `RosterRefused` for an answer without a token that can stand in a header.
    func token(in body: [UInt8], at now: Timestamp) throws -> Token {
        var scanner = JSONScanner(body)
        guard let answer = try? scanner.document(keeping: ["access_token", "token_type", "expires_in"]),
            let text = answer["access_token"]?.text, (1...16_384).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            ["", "bearer"].contains(answer["token_type"]?.text.lowercased() ?? "")
        else { throw ServiceFault.tokenAnswer(address.host) }
        let seconds = (answer["expires_in"]?.text).flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
        let span = seconds.map { Span.seconds(Int(min(max($0, 0), 31_536_000) * 0.9)) }
        return Token(text: Redacted(text), expiresAt: span.map { now + $0 })
    }
}
