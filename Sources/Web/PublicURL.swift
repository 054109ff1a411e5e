import Foundation

/// The one address under which people reach FirstBell, and the only source of links: nothing a request says gets in.
package struct PublicURL: Sendable, Equatable, CustomStringConvertible {
    /// Scheme, host and port as a browser's `Origin` names them: "https://bell.example".
    package let origin: String
    /// Host and port as a request's `Host` names them: "bell.example", "127.0.0.1:8080".
    package let authority: String
    package let isSecure: Bool
    /// True for this machine alone: `localhost`, 127.0.0.0/8, ::1.
    package let isLoopback: Bool

    /// Why an address cannot be the public one, in a sentence that says what to do.
    package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// Takes `http://` or `https://` with a host, perhaps a port, and nothing after it. Throws `Problem`.
    package init(_ text: String) throws(Problem) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw Problem(description: "\(text) is not an address. Write it like https://bell.example.") }
        guard scheme == "https" || scheme == "http" else {
            throw Problem(description: "\(text) begins with neither https:// nor http://.")
        }
        guard parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil, parts.user == nil,
            parts.password == nil
        else {
            throw Problem(description: "\(text) has more than a host and a port. Write it like https://bell.example.")
        }
        let isDefault = parts.port == nil || parts.port == (scheme == "https" ? 443 : 80)
        authority = isDefault ? host : "\(host):\(parts.port ?? 0)"
        origin = "\(scheme)://\(authority)"
        isSecure = scheme == "https"
        isLoopback = host == "localhost" || ClientAddress.isLoopback(host)
    }

    /// An address below it; `path` begins with a slash.
    package func address(_ path: String) -> String { origin + path }

    package var description: String { origin }
}
