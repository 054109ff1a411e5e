import Core
import Mail
import NIOCore
import NIOPosix
import Synchronization

/// Takes in over LMTP what comes back, on a socket of this machine. Whoever is slow, or does not end, is cut off.
package struct LMTPServer: Sendable {
    package struct Limits: Sendable {
        /// Conversations at the same time.
        package var conversations = 20
        /// For each command, and for each message as a whole, however slowly its bytes come (RFC 5321 section 4.5.3.2).
        package var patience: Duration = .seconds(300)
        /// In bytes.
        package var message = BounceIntake.limit
        package init() {}
    }

    /// What to answer for one recipient.
    package enum Receipt: Sendable { case taken, tooLarge, notNow }

    package typealias Take = @Sendable (_ message: [UInt8], _ recipient: String, _ isFromNobody: Bool) async -> Receipt
    private typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let address: LMTPAddress
    private let host: String
    private let limits: Limits
    private let take: Take

    /// `host` is our own name, said in the greeting.
    package init(address: LMTPAddress, host: String, limits: Limits = Limits(), take: @escaping Take) {
        self.address = address
        self.host = host
        self.limits = limits
        self.take = take
    }

    /// Serves until the task is cancelled. `ready` is called with the port, or with 0 on a socket, once it listens.
    package func run(ready: @Sendable (Int) -> Void = { _ in }) async throws {
        let server = try await bind()
        ready(server.channel.localAddress?.port ?? 0)
        let open = OpenLines()
        try await server.executeThenClose { lines in
            try await withThrowingDiscardingTaskGroup { group in
                for try await line in lines {
                    let number = open.add()
                    group.addTask {
                        // A line that breaks is the other side's trouble: it still has the message.
                        try? await talk(on: line, isOneTooMany: number > limits.conversations)
                        open.remove()
                    }
                }
            }
        }
    }

    private func bind() async throws -> NIOAsyncChannel<Line, Never> {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 32)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        let open: @Sendable (any Channel) -> EventLoopFuture<Line> = { channel in
            channel.eventLoop.makeCompletedFuture { try Line(wrappingChannelSynchronously: channel) }
        }
        switch address {
        case .socket(let path):
            return try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: true, childChannelInitializer: open)
        case .loopback(let host, let port):
            return try await bootstrap.bind(host: host, port: port, childChannelInitializer: open)
        }
    }

    private func talk(on line: Line, isOneTooMany: Bool) async throws {
        let deadline = Deadline(line.channel, after: TimeAmount(limits.patience))
        defer { deadline.end() }
        try await line.executeThenClose { inbound, outbound in
            func say(_ text: String) async throws { try await outbound.write(ByteBuffer(string: "\(text)\r\n")) }
            if isOneTooMany { return try await say("421 4.3.2 Too many conversations") }
            var dialogue = LMTPDialogue(host: host, messageLimit: limits.message)
            try await say(dialogue.greeting)
            for try await bytes in inbound {
                dialogue.add(bytes.readableBytesView)
                while let event = dialogue.next() {
                    deadline.renew()
                    switch event {
                    case .reply(let text): try await say(text)
                    case .goodbye(let text): return try await say(text)
                    case .message(let message):
                        for recipient in message.recipients {
                            try await say(await reply(for: message, to: recipient))
                            deadline.renew()
                        }
                    }
                }
            }
        }
    }

    private func reply(for message: LMTPMessage, to recipient: String) async -> String {
        guard let bytes = message.bytes else { return "552 5.3.4 The message is too large" }
        switch await take(bytes, recipient, message.sender.isEmpty) {
        case .taken: return "250 2.0.0 Taken"
        case .tooLarge: return "552 5.3.4 The message is too large"
        case .notNow: return "451 4.3.0 Not now, try again"
        }
    }
}

/// How many conversations there are.
private final class OpenLines: Sendable {
    private let number = Mutex(0)

    func add() -> Int {
        number.withLock { number in
            number += 1
            return number
        }
    }
    func remove() { number.withLock { $0 -= 1 } }
}

/// Closes a line when too much time has passed since it was last renewed.
private final class Deadline: Sendable {
    private let channel: any Channel
    private let patience: TimeAmount
    private let task: Mutex<Scheduled<Void>?>

    init(_ channel: any Channel, after patience: TimeAmount) {
        self.channel = channel
        self.patience = patience
        task = Mutex(nil)
        renew()
    }

    func renew() {
        let next = channel.eventLoop.scheduleTask(in: patience) { [channel] in channel.close(promise: nil) }
        task.withLock { task in
            task?.cancel()
            task = next
        }
    }

    func end() { task.withLock { $0?.cancel() } }
}
