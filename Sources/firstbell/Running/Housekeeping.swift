import Core
import Foundation
import Logging
import RosterSources
import ServiceLifecycle
import Storage

/// Every few seconds: what a server left that is gone is closed or gone on with. Every minute: what ended is swept out, who
/// left long ago is archived and, where the district wants it, erased, and what was deleted leaves the disk. Every second: what
/// students' rows say by now is counted. Every 20 seconds: what the schedule says is read from the student system.
struct Housekeeping: Service {
    let installation: Installation
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await takeUp() }
                group.addTask { await tidy() }
                group.addTask { await settle() }
                group.addTask { await pull() }
                group.addTask { await erase() }
            }
        }
    }

    private var addressLists: AddressLists {
        AddressLists(
            main: installation.database, open: { try AddressListFile(at: $0, named: $1) },
            server: installation.server, clock: installation.clock,
            onFault: { [logger] in logger.error("a list of addresses stopped", metadata: ["error": "\($0)"]) })
    }

    private var erasures: Erasures {
        Erasures(
            main: installation.database, server: installation.server, clock: installation.clock,
            onFault: { [logger] in logger.error("an erasure stopped", metadata: ["error": "\($0)"]) })
    }

    /// Closes what a server was making that is gone, and that nobody goes on with.
    func closeWhatWasLeft() async throws {
        let (server, now) = (installation.server, installation.clock.now())
        try await installation.rosters.closeInterrupted()
        try await installation.database.write { try $0.abandonCardSheets(leftTo: server, at: now) }
    }

    private func takeUp() async {
        while !Task.isCancelled {
            if installation.lease.mayTakeUp {
                do {
                    try await closeWhatWasLeft()
                    // Beside the open site: a roster of a district takes longer than anybody waits for a sign-in page.
                    try await installation.rosters.resumeUnfinished()
                    try await addressLists.resumeUnfinished()
                    try await erasures.resumeUnfinished()
                } catch {
                    logger.error("what was left could not be gone on with", metadata: ["error": "\(error)"])
                }
            }
            do { try await Task.sleep(for: .seconds(5)) } catch { return }
        }
    }

    /// Reads from the student system what is due, beside all else: it may take an hour.
    private func pull() async {
        while !Task.isCancelled {
            if installation.lease.mayTakeUp {
                do { try await installation.rosters.pullWhatIsDue() } catch {
                    logger.error("a roster on schedule", metadata: ["error": "\(error)"])
                }
            }
            do { try await Task.sleep(for: .seconds(20)) } catch { return }
        }
    }

    /// Erases whom the district's rule lets go, beside all else: a year of leavers takes a while.
    private func erase() async {
        while !Task.isCancelled {
            do { try await erasures.eraseByItself() } catch {
                logger.error("people who left could not be erased", metadata: ["error": "\(error)"])
            }
            do { try await Task.sleep(for: .seconds(60)) } catch { return }
        }
    }

    private func tidy() async {
        while !Task.isCancelled {
            do { try await sweep() } catch { logger.error("housekeeping", metadata: ["error": "\(error)"]) }
            do { try await Task.sleep(for: .seconds(60)) } catch { return }
        }
    }

    /// Counters are exact without it, but the more rows wait here, the longer they take.
    private func settle() async {
        while !Task.isCancelled {
            do { try await settleStudents() } catch { logger.error("tally", metadata: ["error": "\(error)"]) }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    private func settleStudents() async throws {
        while !Task.isCancelled {
            let now = installation.clock.now()
            guard try await installation.database.read({ try $0.hasUnsettledStudents(at: now) }) else { return }
            try await installation.database.write(at: .readCommitted) { try $0.settleStudents(limit: 250, at: now) }
        }
    }

    private func sweep() async throws {
        let now = installation.clock.now()
        try await installation.database.write(at: .readCommitted) { connection in
            try connection.execute("DELETE FROM session WHERE ends_at < \(now)")
            try connection.execute("DELETE FROM throttle WHERE last_at < \(now - .days(1))")
            try connection.sweepDrafts(at: now)
        }
        try await addressLists.sweep()
        try await erasures.archive()
        try await installation.database.checkpoint()
        try removeOldFiles(in: installation.folder.uploads, before: now - .days(1))
    }

    /// Uploads that a stop left behind.
    private func removeOldFiles(in folder: String, before limit: Timestamp) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            let made = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            if let made, made < limit.date { try FileManager.default.removeItem(atPath: path) }
        }
    }
}
