import Core
import Foundation
import Glibc
package import Logging
import ServiceLifecycle
import Synchronization

/// Watches a Maildir to which a mail server delivers what comes back. It looks every few seconds, so that it needs nothing
/// of the file system.
///
/// What reports on a mail of ours is noted and then removed: a report holds the mail with its link. All else goes to `cur`.
/// Killed between the two, it is noted again, which changes nothing.
package struct BounceMaildir: Service {
    /// So many at a time, that one flood of mail does not hold up the end of the program.
    private static let limit = 500

    private let path: String
    private let intake: BounceIntake
    private let poll: Duration
    private let logger: Logger
    private let told = Told()

    package init(path: String, intake: BounceIntake, poll: Duration = .seconds(5), logger: Logger) {
        self.path = path
        self.intake = intake
        self.poll = poll
        self.logger = logger
    }

    /// Works until the program shuts down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await workOff()
                try? await Task.sleep(for: poll)
            }
        }
    }

    /// Takes in what is there now. What could not be noted stays where it is, for the next time.
    package func workOff() async {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/new").filter { !$0.hasPrefix(".") }
            told.forget("")
        } catch { return tell("", "the Maildir for what comes back cannot be read", "\(path)/new") }
        for name in names.sorted().prefix(Self.limit) where !Task.isCancelled {
            guard let message = read("\(path)/new/\(name)") else {
                tell(name, "a message that came back cannot be read", name)
                continue
            }
            do {
                let fate = try await intake.take(message)
                logger.info("a message came back", metadata: ["way": "maildir", "fate": "\(fate)"])
                put(name, away: fate)
            } catch {
                return logger.error("what came back cannot be noted", metadata: ["error": "\(error)"])
            }
        }
    }

    private func put(_ name: String, away fate: BounceFate) {
        let file = "\(path)/new/\(name)"
        let isOurs = [.noted(.bounced), .noted(.settled), .noted(.unchanged)].contains(fate)
        // Flag S: seen.
        if isOurs ? unlink(file) == 0 : rename(file, "\(path)/cur/\(name):2,S") == 0 { return told.forget(name) }
        tell(name, "a message that came back cannot be put away", name)
    }

    /// No link, pipe or folder, and of a file that is too large as much as tells so.
    private func read(_ file: String) -> [UInt8]? {
        let descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= BounceIntake.limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 { return nil }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Once, until it works again: it is tried every few seconds.
    private func tell(_ name: String, _ complaint: String, _ what: String) {
        if told.isNew(name) { logger.error("\(complaint)", metadata: ["file": "\(what)"]) }
    }

    /// Names of files of which the log has been told.
    private final class Told: Sendable {
        private let names = Mutex<Set<String>>([])

        func isNew(_ name: String) -> Bool {
            names.withLock { names in
                if names.count >= 1_000 { names.removeAll() }
                return names.insert(name).inserted
            }
        }
        func forget(_ name: String) { _ = names.withLock { $0.remove(name) } }
    }
}
