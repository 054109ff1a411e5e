import Core
import Crypto
import Foundation

/// Signs requests for a key and its secret, without a token (RFC 5849 3, "two-legged").
struct OAuth1Signature: Sendable {
    let key: String
    let secret: Redacted<String>

    /// The value of the `Authorization` header of a GET.
    func header(of address: ServiceAddress, _ query: Query, nonce: String, at time: Timestamp) -> String {
        let own = [
            Query.Item(name: "oauth_consumer_key", value: key), Query.Item(name: "oauth_nonce", value: nonce),
            Query.Item(name: "oauth_signature_method", value: "HMAC-SHA256"),
            Query.Item(name: "oauth_timestamp", value: String(time.milliseconds / 1_000)),
            Query.Item(name: "oauth_version", value: "1.0"),
        ]
        let base = Self.base(of: address, query.items + own)
        let signing = SymmetricKey(data: Data("\(secret.value.percentEncoded)&".utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data(base.utf8), using: signing)
        let signed = own + [Query.Item(name: "oauth_signature", value: Data(code).base64EncodedString())]
        return "OAuth "
            + signed.map { "\($0.name.percentEncoded)=\"\($0.value.percentEncoded)\"" }.joined(separator: ", ")
    }

    /// The signature base string (RFC 5849 3.4.1): pairs are sorted by their encoded bytes, names first.
    private static func base(of address: ServiceAddress, _ items: [Query.Item]) -> String {
        let pairs = items.map { (name: $0.name.percentEncoded, value: $0.value.percentEncoded) }
        let sorted = pairs.sorted { left, right in
            left.name == right.name
                ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
                : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        let parameters = sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return ["GET", address.text, parameters].map(\.percentEncoded).joined(separator: "&")
    }
}
