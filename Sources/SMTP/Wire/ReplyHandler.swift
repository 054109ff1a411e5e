import NIOCore
import NIOSSL

/// The end of the pipeline: turns bytes into answers and hands each to the one command that waits for it.
final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var reader = ReplyReader()
    private var early: [SMTPReply] = []
    private var waiting: (promise: EventLoopPromise<SMTPReply>, deadline: Scheduled<Void>)?
    private var pendingTLS: NIOSSLClientHandler?
    private var fault: ConnectionFault?
    /// True from the start of a TLS handshake to the first byte that came through it.
    private var isShakingHands: Bool

    init(isShakingHands: Bool) { self.isShakingHands = isShakingHands }

    /// The next answer. A greeting may have come before it was waited for; whatever else came unasked is garbage,
    /// except the server's own goodbye (421).
    func expect(isGreeting: Bool, within time: TimeAmount, on channel: any Channel) -> EventLoopFuture<SMTPReply> {
        if !early.isEmpty {
            let reply = early.removeFirst()
            if isGreeting || reply.code == 421 { return channel.eventLoop.makeSucceededFuture(reply) }
            return fail(.garbage, channel)
        }
        if let fault { return channel.eventLoop.makeFailedFuture(fault) }
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        let loopBound = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let deadline = channel.eventLoop.scheduleTask(in: time) { loopBound.value.end(.timedOut, channel) }
        waiting = (promise, deadline)
        return promise.futureResult
    }

    /// Encrypts the line in the same moment in which the server agrees, so that no plain byte is read after that.
    func encryptAfterNextReply(with handler: NIOSSLClientHandler) { pendingTLS = handler }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isShakingHands = false
        reader.take(unwrapInboundIn(data))
        do {
            while let reply = try reader.next() { try take(reply, context) }
        } catch {
            end(error as? ConnectionFault ?? .garbage, context.channel)
        }
    }

    private func take(_ reply: SMTPReply, _ context: ChannelHandlerContext) throws {
        guard let waiting else {
            guard early.count < 4 else { throw ConnectionFault.garbage }
            return early.append(reply)
        }
        if let tls = pendingTLS {
            pendingTLS = nil
            if reply.code == 220 {
                guard reader.isEmpty else { throw ConnectionFault.injected }
                isShakingHands = true
                try context.pipeline.syncOperations.addHandler(tls, position: .first)
            }
        }
        self.waiting = nil
        waiting.deadline.cancel()
        waiting.promise.succeed(reply)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(isShakingHands ? .tls(Self.reason(error)) : .lost, context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(isShakingHands ? .tls("The mail server closed the connection.") : .lost, context.channel)
        context.fireChannelInactive()
    }

    private func end(_ fault: ConnectionFault, _ channel: any Channel) {
        if self.fault == nil { self.fault = fault }
        if let waiting {
            self.waiting = nil
            waiting.deadline.cancel()
            waiting.promise.fail(self.fault ?? fault)
        }
        channel.close(promise: nil)
    }

    private func fail(_ fault: ConnectionFault, _ channel: any Channel) -> EventLoopFuture<SMTPReply> {
        end(fault, channel)
        return channel.eventLoop.makeFailedFuture(fault)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOSSLError: "\(error)"
        case let error as NIOSSLExtraError: "\(error)"
        case let error as BoringSSLError: "\(error)"
        default: "\(type(of: error))"
        }
    }
}
