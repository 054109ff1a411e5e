import Foundation

/// The address under which people reach FirstBell; the only source of links.
enum PublicAddress {
    /// The address without a slash at its end. Throws what is wrong with it.
    static func checked(_ text: String) throws -> String {
        var trimmed = text
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        guard let url = URL(string: trimmed), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.path().isEmpty, url.query() == nil, url.fragment() == nil,
            url.user() == nil
        else {
            throw Refusal("FIRSTBELL_PUBLIC_URL is \(text). Write it as https://bell.example.org, without a path.")
        }
        return trimmed
    }

    static func host(of url: String) -> String { URL(string: url)?.host() ?? "localhost" }

    /// True when only this machine can open the address.
    static func isLoopback(_ url: String) -> Bool {
        let host = host(of: url)
        return host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
    }
}
