/// Where an LMTP server listens: on this machine alone.
package enum LMTPAddress: Sendable, Equatable {
    /// A path in the file system.
    case socket(String)
    case loopback(host: String, port: Int)

    /// Reads `unix:/run/firstbell/lmtp` or `127.0.0.1:2424`; nil for anything else, and for what others can reach.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // What fits into sockaddr_un.
            guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0) else { return nil }
            self = .socket(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        let named = String(text[..<colon])
        let host = named == "[::1]" ? "::1" : named
        guard SMTPServer.isLoopback(host) else { return nil }
        self = .loopback(host: host, port: port)
    }
}
