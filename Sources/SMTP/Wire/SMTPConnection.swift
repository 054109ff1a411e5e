import NIOCore
import NIOPosix
import NIOSSL

/// One connection to a mail server: a command out, its answer in.
struct SMTPConnection: Sendable {
    private let channel: any Channel
    /// Outlives the pipeline: it still knows why a line broke when it has gone.
    private let handler: NIOLoopBound<ReplyHandler>

    /// Connects, encrypted from the first byte where the server wants that.
    static func open(
        _ server: SMTPServer, _ trust: NIOSSLContext, timeout: Duration
    ) async throws(ConnectionFault) -> SMTPConnection {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(timeout))
        do {
            return try await bootstrap.connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let isImplicit = server.security == .implicitTLS
                    if isImplicit { try channel.pipeline.syncOperations.addHandler(Self.tls(server, trust)) }
                    let handler = ReplyHandler(isShakingHands: isImplicit)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return SMTPConnection(
                        channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
                }
            }
        } catch {
            throw .noConnection(reason(error))
        }
    }

    /// The server's first words.
    func greeting(within time: Duration) async throws(ConnectionFault) -> SMTPReply {
        try await exchange(nil, isGreeting: true, within: time)
    }

    /// Sends a command, which must be one line, and waits for its answer.
    func command(_ line: String, within time: Duration) async throws(ConnectionFault) -> SMTPReply {
        guard line.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else { throw .unsendable }
        return try await exchange(ByteBuffer(string: line + "\r\n"), within: time)
    }

    /// Sends a body with its final dot and waits for the answer.
    func body(_ bytes: ByteBuffer, within time: Duration) async throws(ConnectionFault) -> SMTPReply {
        try await exchange(bytes, within: time)
    }

    /// STARTTLS (RFC 3207): the answer; after 220 the line is encrypted.
    func startTLS(
        _ server: SMTPServer, _ trust: NIOSSLContext, within time: Duration
    ) async throws(ConnectionFault) -> SMTPReply {
        try await exchange(ByteBuffer(string: "STARTTLS\r\n"), within: time) { handler in
            handler.encryptAfterNextReply(with: try Self.tls(server, trust))
        }
    }

    func close() async {
        do { try await channel.close().get() } catch {
            // Closed already: that is what was wanted.
        }
    }

    private func exchange(
        _ bytes: ByteBuffer?, isGreeting: Bool = false, within time: Duration,
        preparing: @escaping @Sendable (ReplyHandler) throws -> Void = { _ in }
    ) async throws(ConnectionFault) -> SMTPReply {
        let (channel, handler) = (channel, handler)
        let reply = channel.eventLoop.flatSubmit { () -> EventLoopFuture<SMTPReply> in
            do { try preparing(handler.value) } catch {
                return channel.eventLoop.makeFailedFuture(ConnectionFault.tls(Self.reason(error)))
            }
            let reply = handler.value.expect(isGreeting: isGreeting, within: TimeAmount(time), on: channel)
            if let bytes { channel.writeAndFlush(bytes, promise: nil) }
            return reply
        }
        do { return try await reply.get() } catch { throw error as? ConnectionFault ?? .lost }
    }

    private static func tls(_ server: SMTPServer, _ trust: NIOSSLContext) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: trust, serverHostname: server.isNumeric ? nil : server.host)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.last.map { reason($0.error) } ?? "its name was not found"
        case let error as IOError: error.description
        case ChannelError.connectTimeout: "it did not answer in time"
        default: "\(type(of: error))"
        }
    }
}
