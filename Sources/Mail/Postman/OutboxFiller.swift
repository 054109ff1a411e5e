package import Core
package import Logging
import ServiceLifecycle
package import Storage
import Synchronization

/// Queues the mails of large mailings in short steps beside everything else, and stops those that were paused or cancelled; what a stop leaves half done goes on at the
/// next start.
package final class OutboxFiller: Service {
    private let database: any Database
    private let clock: Clock
    private let logger: Logger
    private let onQueued: @Sendable () -> Void
    private let bell = PostmanBell()
    private let isStopping = Mutex(false)

    /// `onQueued` is called after each step that may have queued a mail.
    package init(
        database: any Database, clock: Clock, logger: Logger, onQueued: @escaping @Sendable () -> Void
    ) {
        self.database = database
        self.clock = clock
        self.logger = logger
        self.onQueued = onQueued
    }

    /// Says that there may be a mailing to queue; called after the commit that wrote it.
    package func nudge() { bell.ring() }

    /// Works until the program shuts down; the step under way is finished first.
    package func run() async throws {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await work()
            } onGracefulShutdown: {
                self.stop()
            }
        } onCancel: {
            self.stop()
        }
    }

    private func work() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !self.isStopping.withLock({ $0 }) {
                    let rings = self.bell.rings
                    do { try await self.workOff() } catch let error as StorageError where error.isOfTheLine {
                        // Which steps were done stands in the mailing's row, so that none is done twice.
                        try? await Task.sleep(for: .milliseconds(500))
                        continue
                    } catch {
                        self.logger.error("a mailing cannot be queued", metadata: ["error": "\(error)"])
                    }
                    if self.isStopping.withLock({ $0 }) { break }
                    await self.bell.wait(after: rings)
                }
            }
            group.addTask {
                // After a fault, a full disk say, it is tried again. Ends with the group.
                while (try? await Task.sleep(for: .seconds(15))) != nil { self.bell.ring() }
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Queues all that waits, and returns when nothing does. `run` does so again and again.
    package func workOff() async throws {
        var pace = StepPace(on: database)
        while !isStopping.withLock({ $0 }), let done = try await step(limit: pace.limit) {
            pace.note(done.spent, for: done.people)
            onQueued()
            await Task.yield()
        }
    }

    /// One transaction. Returns how many people were looked at and how long the closure held the writer.
    private func step(limit: Int) async throws -> (people: Int, spent: Duration)? {
        let now = clock.now()
        let mint = IDMint(at: now)
        return try await database.write(at: .readCommitted) { connection in
            let clock = ContinuousClock()
            let began = clock.now
            let people =
                try connection.followMailings(limit: limit, at: now)
                ?? connection.fillOutbox(limit: limit, mint: mint, at: now)
            return people.map { ($0, began.duration(to: clock.now)) }
        }
    }

    private func stop() {
        isStopping.withLock { $0 = true }
        bell.ring()
    }
}
