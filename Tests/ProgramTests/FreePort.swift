import Glibc

/// A port of this machine on which nobody listens.
enum FreePort {
    static func find() throws -> Int {
        let descriptor = try listen()
        defer { close(descriptor.socket) }
        return descriptor.port
    }

    /// A socket that listens on 127.0.0.1, and its port.
    static func listen() throws -> (socket: Int32, port: Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Trouble("no socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.bind(socket, generic, length) == 0 && Glibc.listen(socket, 64) == 0
                    && getsockname(socket, generic, &length) == 0
            }
        }
        guard isBound else {
            close(socket)
            throw Trouble("no port")
        }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }
}
