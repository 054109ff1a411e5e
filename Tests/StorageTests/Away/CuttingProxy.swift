import Foundation
import Glibc
import Synchronization

/// A way to a PostgreSQL server that breaks, or falls silent, at a chosen message (PostgreSQL documentation, 55.7).
final class CuttingProxy: Sendable {
    enum Way: Sendable, CaseIterable { case toServer, toClient }

    enum Place: Sendable, Equatable {
        /// Of the first connection, by number.
        case message(Int)
        /// The client's COMMIT on any connection, or the first answer to it.
        case commit
    }

    /// Where a connection is cut: before this message of this way, or in the middle of it.
    struct Cut: Sendable {
        var way: Way
        var place: Place
        var isInside = false
        /// Nothing passes any more, on no connection, and none is closed.
        var isSilent = false
    }

    /// What happened at the cut.
    struct Report: Sendable, Equatable {
        var isCut = false
        /// The message at which it was cut was the client's COMMIT.
        var isAtCommit = false
        /// The server has been told to commit.
        var hasCommitPassed = false
    }

    let port: Int
    private let listener: Int32
    private let server: Int
    private let cut: Cut?
    private let state = Mutex(Report())
    private let connections = Mutex(0)
    private let silence = NSCondition()
    private let isSilent = Mutex(false)

    init(to server: Int, cut: Cut? = nil, isSilent: Bool = false) throws {
        self.server = server
        self.cut = cut
        self.isSilent.withLock { $0 = isSilent }
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Sockets.listen(listener)
        Thread.detachNewThread { [listener, self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                serve(client)
            }
        }
    }

    /// How many connections it has taken.
    var taken: Int { connections.withLock { $0 } }

    var report: Report { state.withLock { $0 } }

    func fallSilent() { isSilent.withLock { $0 = true } }

    func speak() {
        isSilent.withLock { $0 = false }
        silence.broadcast()
    }

    /// Takes no more connections; those that are there go with their ends.
    func close() {
        speak()
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    private func serve(_ client: Int32) {
        let number = connections.withLock { number in
            defer { number += 1 }
            return number
        }
        let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard Sockets.connect(upstream, to: server) else { return Sockets.shut([client, upstream]) }
        for socket in [client, upstream] { Sockets.hurry(socket) }
        let pair = SocketPair(client: client, server: upstream)
        for way in Way.allCases {
            Thread.detachNewThread { [self] in
                pump(way, of: pair, number: number)
                pair.end()
            }
        }
    }

    /// Passes whole messages on, up to the cut.
    private func pump(_ way: Way, of pair: SocketPair, number: Int) {
        let (from, to) = way == .toServer ? (pair.client, pair.server) : (pair.server, pair.client)
        var messages = MessageReader(startsWithoutType: way == .toServer)
        var count = 0
        while let chunk = Sockets.read(from) {
            messages.add(chunk)
            while let message = messages.next() {
                let isCommit = way == .toServer && message == Self.commit
                if let cut, cut.way == way,
                    isReached(cut, isCommit || pair.isCommitting && way == .toClient, count, of: number)
                {
                    state.withLock { ($0.isCut, $0.isAtCommit) = (true, isCommit) }
                    if cut.isInside { Sockets.write(message.prefix(message.count / 2), to: to) }
                    guard cut.isSilent else { return }
                    fallSilent()
                }
                waitWhileSilent()
                if isCommit {
                    pair.commit()
                    state.withLock { $0.hasCommitPassed = true }
                }
                count += 1
                guard Sockets.write(message, to: to) else { return }
            }
        }
    }

    private func isReached(_ cut: Cut, _ isOfCommit: Bool, _ count: Int, of connection: Int) -> Bool {
        switch cut.place {
        case .message(let number): connection == 0 && count == number
        case .commit: isOfCommit && !report.isCut
        }
    }

    private func waitWhileSilent() {
        silence.lock()
        while isSilent.withLock({ $0 }) { _ = silence.wait(until: Date(timeIntervalSinceNow: 0.02)) }
        silence.unlock()
    }

    /// A simple query: its type, its length, its text and a zero.
    private static let commit: [UInt8] = [UInt8(ascii: "Q"), 0, 0, 0, 11] + Array("COMMIT".utf8) + [0]
}

/// Both ends of a connection; the first end to break takes the other with it.
private final class SocketPair: Sendable {
    let client: Int32
    let server: Int32
    private let ended = Mutex(0)
    private let hasCommit = Mutex(false)

    init(client: Int32, server: Int32) { (self.client, self.server) = (client, server) }

    var isCommitting: Bool { hasCommit.withLock { $0 } }
    func commit() { hasCommit.withLock { $0 = true } }

    func end() {
        for one in [client, server] { shutdown(one, Int32(SHUT_RDWR)) }
        let isLast = ended.withLock { ended in
            ended += 1
            return ended == 2
        }
        if isLast { Sockets.shut([client, server]) }
    }
}

/// Cuts a stream into messages: a type, a length that counts itself, and what follows. The very first has no type.
private struct MessageReader {
    private var bytes: [UInt8] = []
    private var typeBytes: Int

    init(startsWithoutType: Bool) { typeBytes = startsWithoutType ? 0 : 1 }

    mutating func add(_ more: [UInt8]) { bytes += more }

    mutating func next() -> [UInt8]? {
        guard bytes.count >= typeBytes + 4 else { return nil }
        let length = bytes[typeBytes..<typeBytes + 4].reduce(0) { $0 << 8 | Int($1) }
        let size = typeBytes + length
        guard bytes.count >= size else { return nil }
        typeBytes = 1
        defer { bytes.removeFirst(size) }
        return Array(bytes.prefix(size))
    }
}
