import NIOCore
import NIOSSL

/// The end of the pipeline: turns bytes into answers and hands each to the one command that waits for it.
final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var reader = ReplyReader()
    private var early: [SMTPReply] = []
    /// Commands that were sent together wait in their order.
    private var waiting: [EventLoopPromise<SMTPReply>] = []
    /// How long the first of them waits.
    private var patience = TimeAmount.zero
    private var deadline: Scheduled<Void>?
    private var pendingTLS: NIOSSLClientHandler?
    private var fault: ConnectionFault?
    /// True from the start of a TLS handshake to the first byte that came through it.
    private var isShakingHands: Bool

    init(isShakingHands: Bool) { self.isShakingHands = isShakingHands }

    /// The next answers. A greeting may have come before it was waited for; whatever else came unasked is garbage,
    /// except the server's own goodbye (421).
    func expect(
        _ count: Int, isGreeting: Bool, within time: TimeAmount, on channel: any Channel
    ) -> [EventLoopFuture<SMTPReply>] {
        let promises = (0..<count).map { _ in channel.eventLoop.makePromise(of: SMTPReply.self) }
        (waiting, patience) = (promises, time)
        if !early.isEmpty {
            let reply = early.removeFirst()
            if isGreeting || reply.code == 421 { answer(reply, channel) } else { end(.garbage, channel) }
        }
        if let fault { failAll(fault) } else { renewDeadline(channel) }
        return promises.map(\.futureResult)
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
        guard !waiting.isEmpty else {
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
        answer(reply, context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(isShakingHands ? .tls(Self.reason(error)) : .lost, context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(isShakingHands ? .tls("The mail server closed the connection.") : .lost, context.channel)
        context.fireChannelInactive()
    }

    private func answer(_ reply: SMTPReply, _ channel: any Channel) {
        // A line that broke while it was being encrypted has failed them all already.
        guard !waiting.isEmpty else { return }
        let promise = waiting.removeFirst()
        renewDeadline(channel)
        promise.succeed(reply)
    }

    private func renewDeadline(_ channel: any Channel) {
        deadline?.cancel()
        deadline = nil
        guard !waiting.isEmpty else { return }
        let loopBound = NIOLoopBound(self, eventLoop: channel.eventLoop)
        deadline = channel.eventLoop.scheduleTask(in: patience) { loopBound.value.end(.timedOut, channel) }
    }

    private func end(_ fault: ConnectionFault, _ channel: any Channel) {
        if self.fault == nil { self.fault = fault }
        failAll(self.fault ?? fault)
        channel.close(promise: nil)
    }

    private func failAll(_ fault: ConnectionFault) {
        deadline?.cancel()
        deadline = nil
        let promises = waiting
        waiting = []
        for promise in promises { promise.fail(fault) }
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
