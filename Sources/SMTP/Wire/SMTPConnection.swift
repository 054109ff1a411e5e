package import Mail
import NIOCore
import NIOPosix
import NIOSSL

/// Hears what is said on a line.
package typealias SMTPListener = @Sendable (ConversationLine) -> Void

/// One connection to a mail server: a command out, its answer in.
struct SMTPConnection: Sendable {
    private let channel: any Channel
    /// Outlives the pipeline: it still knows why a line broke when it has gone.
    private let handler: NIOLoopBound<ReplyHandler>
    private let listener: SMTPListener?

    /// Connects, encrypted from the first byte where the server wants that.
    static func open(
        _ server: SMTPServer, _ trust: NIOSSLContext, timeout: Duration, listener: SMTPListener?
    ) async throws(ConnectionFault) -> SMTPConnection {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(timeout))
        do {
            let connection = try await bootstrap.connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let isImplicit = server.security == .implicitTLS
                    if isImplicit { try channel.pipeline.syncOperations.addHandler(Self.tls(server, trust)) }
                    let handler = ReplyHandler(isShakingHands: isImplicit)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return SMTPConnection(
                        channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop),
                        listener: listener)
                }
            }
            listener?(.note("Connected to \(server.host):\(server.port)."))
            return connection
        } catch {
            let fault = ConnectionFault.noConnection(reason(error))
            listener?(.note(fault.text))
            throw fault
        }
    }

    /// The server's first words.
    func greeting(within time: Duration) async throws(ConnectionFault) -> SMTPReply {
        try await exchange(nil, isGreeting: true, within: time)
    }

    /// Sends a command, which must be one line, and waits for its answer. A secret one is `shown` otherwise.
    func command(
        _ line: String, shown: String? = nil, within time: Duration
    ) async throws(ConnectionFault) -> SMTPReply {
        guard Self.isOneLine(line) else { throw .unsendable }
        listener?(.ours(shown ?? line))
        return try await exchange(ByteBuffer(string: line + "\r\n"), within: time)
    }

    /// Sends commands in one go (RFC 2920) and waits for the answer to each, in their order.
    func commands(_ lines: [String], within time: Duration) async -> [Result<SMTPReply, ConnectionFault>] {
        guard lines.allSatisfy(Self.isOneLine) else { return [.failure(.unsendable)] }
        for line in lines { listener?(.ours(line)) }
        let (channel, handler, bytes) = (channel, handler, ByteBuffer(string: lines.map { $0 + "\r\n" }.joined()))
        let answers: [EventLoopFuture<SMTPReply>]
        do {
            answers = try await channel.eventLoop.submit {
                let answers = handler.value.expect(
                    lines.count, isGreeting: false, within: TimeAmount(time), on: channel)
                channel.writeAndFlush(bytes, promise: nil)
                return answers
            }.get()
        } catch { return [.failure(.lost)] }
        var results: [Result<SMTPReply, ConnectionFault>] = []
        for answer in answers { results.append(await heard(answer)) }
        return results
    }

    /// Sends a body with its final dot and waits for the answer.
    func body(_ bytes: ByteBuffer, within time: Duration) async throws(ConnectionFault) -> SMTPReply {
        if let listener {
            for line in bytes.readableBytesView.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
                listener(.ours(ConversationLine.cleaned(String(decoding: line.dropLast(), as: UTF8.self))))
            }
        }
        return try await exchange(bytes, within: time)
    }

    /// STARTTLS (RFC 3207): the answer; after 220 the line is encrypted.
    func startTLS(
        _ server: SMTPServer, _ trust: NIOSSLContext, within time: Duration
    ) async throws(ConnectionFault) -> SMTPReply {
        listener?(.ours("STARTTLS"))
        return try await exchange(ByteBuffer(string: "STARTTLS\r\n"), within: time) { handler in
            handler.encryptAfterNextReply(with: try Self.tls(server, trust))
        }
    }

    /// The kind of encryption, as "TLSv1.3"; nil without.
    func encryption() async -> String? {
        // Nothing below 1.2 is agreed to.
        guard let version = try? await channel.nioSSL_tlsVersion().get() else { return nil }
        return version == .tlsv13 ? "TLSv1.3" : "TLSv1.2"
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
            let reply = handler.value.expect(1, isGreeting: isGreeting, within: TimeAmount(time), on: channel)[0]
            if let bytes { channel.writeAndFlush(bytes, promise: nil) }
            return reply
        }
        return try await heard(reply).get()
    }

    /// An answer, told to who listens.
    private func heard(_ reply: EventLoopFuture<SMTPReply>) async -> Result<SMTPReply, ConnectionFault> {
        do {
            let reply = try await reply.get()
            if let listener { for line in reply.said { listener(.theirs(line)) } }
            return .success(reply)
        } catch {
            let fault = error as? ConnectionFault ?? .lost
            listener?(.note(fault.text))
            return .failure(fault)
        }
    }

    private static func isOneLine(_ line: String) -> Bool {
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
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
