internal import Foundation

/// A roster on its way.
struct RosterDelivery: Sendable {
    /// Begins to deliver into a channel, and ends it; what it returns makes it stop early.
    let begin: @Sendable (RosterChannel) -> @Sendable () -> Void

    /// From a file, on a thread of its own, which the channel may make wait.
    static func file(
        _ file: URL, as wish: RosterWish, reader: @escaping RosterReader,
        progress: @escaping @Sendable (Double) -> Void
    ) -> Self {
        Self { channel in
            Thread.detachNewThread {
                do {
                    var intake = RosterIntake(channel: channel, as: wish)
                    try reader(file, &intake, progress)
                    try intake.end()
                } catch { channel.finish(throwing: error) }
            }
            return {}
        }
    }

    /// From a service.
    static func service(
        _ access: RosterServiceAccess, since: Timestamp?, client: RosterServiceClient,
        progress: @escaping @Sendable (Double) -> Void
    ) -> Self {
        Self { channel in
            let task = Task(executorPreference: PullThread()) {
                do {
                    var intake = RosterIntake(channel: channel, as: .package(nil))
                    try await client.pull(access, since, &intake, progress)
                    try intake.end()
                } catch { channel.finish(throwing: error) }
            }
            return { task.cancel() }
        }
    }
}
