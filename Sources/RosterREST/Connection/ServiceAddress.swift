import Foundation

/// An address that a secret may be sent to: https, or http that stays on this machine.
struct ServiceAddress: Sendable, Equatable {
    /// In lower case; the port only where it is not the scheme's own (RFC 5849 3.4.1.2).
    let origin: String
    /// Without a slash at its end.
    let path: String

    /// Throws `RosterRefused` for any other, and for one with a name, a query or a fragment in it.
    init(_ text: String) throws {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil
        else { throw ServiceFault.address(text) }
        guard scheme == "https" || scheme == "http" && Self.isLoopback(host) else {
            throw ServiceFault.unencrypted(host)
        }
        let port = parts.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : ":\($0)" } ?? ""
        let name = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[") ? "[\(host)]" : host
        origin = "\(scheme)://\(name)\(port)"
        var path = Substring(parts.percentEncodedPath)
        while path.hasSuffix("/") { path.removeLast() }
        self.path = String(path)
    }

    private init(origin: String, path: String) {
        self.origin = origin
        self.path = path
    }

    func appending(_ part: String) -> Self { Self(origin: origin, path: "\(path)/\(part)") }

    var text: String { origin + path }

    /// The name of the host, for people.
    var host: String { String(origin.drop { $0 != "/" }.dropFirst(2)) }

    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host) { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && host.split(separator: ".").count == 4
    }
}
