import Glibc

extension ListenAddress {
    /// Throws `Refusal`, with what to do, where nobody can listen on the address: the port is taken, say.
    ///
    /// Asked before any work, so that a start that cannot end well changes nothing. Port 0 is always free.
    func refuseIfTaken() throws {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let first = found?.pointee else {
            throw Refusal(
                "This machine does not know the host \(host). Choose another FIRSTBELL_LISTEN, as 127.0.0.1:8080.")
        }
        defer { freeaddrinfo(found) }
        let probe = socket(first.ai_family, first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), first.ai_protocol)
        guard probe >= 0 else { return }
        defer { close(probe) }
        // As the server itself does: a port that was in use a minute ago is free.
        var yes: Int32 = 1
        setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(probe, first.ai_addr, first.ai_addrlen) != 0 else { return }
        switch errno {
        case EADDRINUSE:
            throw Refusal(
                """
                Another program listens on \(self) already. End it, or choose another port: firstbell demo --port \
                \(port < 65_535 ? port + 1 : 8080), or FIRSTBELL_LISTEN for firstbell serve.
                """)
        case EACCES:
            throw Refusal(
                "Port \(port) is not open to this user. Choose one above 1023, or give the program CAP_NET_BIND_SERVICE."
            )
        case EADDRNOTAVAIL:
            throw Refusal("\(host) is no address of this machine. Choose another FIRSTBELL_LISTEN, as 127.0.0.1:8080.")
        default: return
        }
    }
}
