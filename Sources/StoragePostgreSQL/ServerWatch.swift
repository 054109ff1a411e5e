internal import Foundation
internal import Synchronization

/// Asks the server a few times a second whether it is there, on a line of its own. A server that hangs breaks no line, and
/// without this everybody would wait for the network's patience to end.
final class ServerWatch: Sendable {
    private let address: PostgreSQLAddress
    private let alarm: Alarm
    private let onChange: @Sendable (String?) -> Void
    private let isStopped = Mutex(false)

    /// Asked so often, and silent for so long, together under two seconds.
    private static let interval = 0.25
    private static let patience: Duration = .milliseconds(1_400)
    /// What breaks within it was not silent.
    private static let moment: Duration = .milliseconds(200)

    init(_ address: PostgreSQLAddress, alarm: Alarm, onChange: @escaping @Sendable (String?) -> Void) {
        self.address = address
        self.alarm = alarm
        self.onChange = onChange
        let thread = Thread { [weak self] in
            var line: ServerLine?
            while let self, !self.isStopped.withLock({ $0 }) {
                self.look(&line)
                Thread.sleep(forTimeInterval: Self.interval)
            }
        }
        thread.name = "firstbell database watch"
        thread.start()
    }

    func stop() { isStopped.withLock { $0 = true } }

    private func look(_ line: inout ServerLine?) {
        let (began, isOld) = (ContinuousClock.now, line != nil)
        do {
            let server: Int
            do { server = try ask(&line) } catch  where isOld && ContinuousClock.now - began < Self.moment {
                // One line that broke is no server that is away, and beside one that takes no writes any more may be another.
                server = try ask(&line)
            }
            if alarm.lower(favouring: server) { onChange(nil) }
        } catch {
            let reason = (error as? ServerError)?.message ?? "\(error)"
            if alarm.raise(reason) { onChange(reason) }
        }
    }

    /// Returns the place of the server that answered.
    private func ask(_ line: inout ServerLine?) throws -> Int {
        let asked = try line ?? ServerLine.open(address, first: alarm.favourite, alarm: Alarm())
        line = nil
        asked.patience = Self.patience
        // A server that was a primary and is one no more keeps its lines: asking for the right to write shows it.
        let answer = try asked.run(script: "SELECT 1 WHERE NOT pg_is_in_recovery()")
        guard answer.count == 1 else { throw ServerError(message: "the server takes no writes now") }
        line = asked
        return asked.server
    }
}
