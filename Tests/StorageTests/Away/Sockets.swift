import Glibc
import TestSupport

/// The system's sockets on this machine's own address.
enum Sockets {
    /// Returns the port that it listens on.
    static func listen(_ socket: Int32) throws -> Int {
        let port: Int? = withLoopback(port: 0) { address, length in
            guard bind(socket, address, length) == 0, Glibc.listen(socket, 64) == 0 else { return nil }
            var found = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = withUnsafeMutablePointer(to: &found) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
            }
            return status == 0 ? Int(UInt16(bigEndian: found.sin_port)) : nil
        }
        guard let port else { throw Trouble("no port to listen on") }
        return port
    }

    static func connect(_ socket: Int32, to port: Int) -> Bool {
        withLoopback(port: port) { Glibc.connect(socket, $0, $1) == 0 }
    }

    /// Returns nil at the end.
    static func read(_ socket: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(socket, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    @discardableResult static func write(_ bytes: some Collection<UInt8>, to socket: Int32) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Passes each message on at once: held back, it would cost every answer 40 ms of the other side's patience.
    static func hurry(_ socket: Int32) {
        var flag: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &flag, socklen_t(MemoryLayout<Int32>.size))
    }

    static func shut(_ sockets: [Int32]) { for one in sockets { Glibc.close(one) } }

    private static func withLoopback<Result>(
        port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
