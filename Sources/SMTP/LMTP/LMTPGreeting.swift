import NIOCore
import NIOPosix

/// Asks a door of LMTP whether it is open.
package enum LMTPGreeting {
    /// The first line that is said there; nil where nobody answers within some seconds.
    package static func ask(at address: LMTPAddress) async -> String? {
        do {
            let channel = try await connect(address)
            let deadline = channel.channel.eventLoop.scheduleTask(in: .seconds(5)) {
                channel.channel.close(promise: nil)
            }
            defer { deadline.cancel() }
            return try await channel.executeThenClose { inbound, _ in
                for try await bytes in inbound {
                    let line = bytes.readableBytesView.prefix { $0 != 10 && $0 != 13 }
                    return String(decoding: line.prefix(500), as: UTF8.self)
                }
                return nil
            }
        } catch { return nil }
    }

    private static func connect(_ address: LMTPAddress) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(5))
        let open: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
        }
        switch address {
        case .socket(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: open)
        case .loopback(let host, let port):
            return try await bootstrap.connect(host: host, port: port, channelInitializer: open)
        }
    }
}
