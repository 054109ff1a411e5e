import Core
import Foundation
import Storage
import StoragePostgreSQL

/// Will the PostgreSQL server do, is it as safe as it can be, and is the way to it? Changes nothing there.
struct DatabaseServerCheck {
    let address: PostgreSQLAddress
    /// Steps of the schema that this program knows; nil without its resources.
    let stepsKnown: Int?

    func run() async -> DatabaseCheck.Result {
        let database = PostgreSQLDatabase(address, connections: 2)
        defer { try? database.close() }
        do {
            let facts = try await database.facts()
            let (off, now) = try await Self.offset(of: database)
            var result = DatabaseCheck.Result(findings: [
                server(facts), rights(facts), Self.isolation(try await database.isolations(), facts),
                Self.clock(off: off), Self.disk(facts), Self.replication(facts), line(facts),
                Self.connections(facts),
            ])
            let done = try await database.migrationsDone()
            result.findings.append(.schema(done: done, known: stepsKnown, next: "the next start brings it up."))
            guard done > 0 else { return result }
            result.keysNeeded = try await database.read { try $0.keysNeeded(at: now) }
            result.findings += try await database.read { try $0.copyFindings() }
            result.lastBounce = try await database.read { try $0.lastBounce() }
            if done == stepsKnown { result.volume = try await database.read { try $0.mailVolume(at: now) } }
            return result
        } catch let error as StorageError {
            return .init(findings: [Finding("database", .wrong, address.complaint(about: error))])
        } catch { return .init(findings: [Finding("database", .wrong, "\(address) cannot be used: \(error)")]) }
    }

    /// By how many milliseconds the server's clock is ahead of ours for certain, and our time. Asked on a line that is there
    /// already; how long the answer took says how little is known.
    private static func offset(of database: PostgreSQLDatabase) async throws -> (Int64, Timestamp) {
        let asked = Clock.system.now()
        let theirs = Int64(try await database.facts().now)
        let answered = Clock.system.now()
        if theirs > answered.milliseconds { return (theirs - answered.milliseconds, answered) }
        return (min(0, theirs - asked.milliseconds), answered)
    }

    private func server(_ facts: ServerFacts) -> Finding {
        if let obstacle = facts.obstacle, facts.mayCreate {
            return Finding("database", .wrong, "\(address) will not do: \(obstacle)")
        }
        return Finding(
            "database", .good,
            "\(address), answers. It is version \(facts.version / 10_000).\(facts.version % 10_000), with texts in UTF8 that sort by bytes."
        )
    }

    private func rights(_ facts: ServerFacts) -> Finding {
        if !facts.mayCreate { return Finding("rights", .wrong, facts.obstacle ?? "the account may not make tables") }
        if facts.isSuperuser {
            return Finding(
                "rights", .note,
                "The account is a superuser, who may do anything to the whole server. Make one with: CREATE ROLE firstbell LOGIN"
            )
        }
        return Finding("rights", .good, "The account may make tables and schemas, and is no superuser.")
    }

    static func isolation(_ found: Isolations, _ facts: ServerFacts) -> Finding {
        guard found == .expected else {
            return Finding(
                "isolation", .wrong,
                """
                Transactions run as \(found.writing), \(found.sharing) and \(found.reading) where \
                \(Isolations.expected.writing), \(Isolations.expected.sharing) and \(Isolations.expected.reading) were \
                asked for. Something between changes them: connect to PostgreSQL itself.
                """)
        }
        return Finding(
            "isolation", .good,
            "Writes run as serializable where they ask for it, whatever the default (\(facts.defaultIsolation)).")
    }

    /// `off`: milliseconds by which the server's clock is ahead of ours.
    static func clock(off: Int64) -> Finding {
        let seconds = (Double(abs(off)) / 1_000).formatted(
            .number.precision(.fractionLength(1)).locale(Locale(identifier: "en")))
        let text = "The server's clock is \(seconds) s \(off < 0 ? "behind" : "ahead of") ours."
        if abs(off) > 20_000 {
            return Finding(
                "clock", .wrong, "\(text) Servers take each other for gone after 30 s. Run chrony or ntpd on both.")
        }
        if abs(off) > 2_000 { return Finding("clock", .note, "\(text) Run chrony or ntpd on both.") }
        return Finding("clock", .good, text)
    }

    static func disk(_ facts: ServerFacts) -> Finding {
        if facts.fsync != "on" {
            return Finding(
                "disk", .wrong, "fsync is \(facts.fsync): a power cut can spoil the database. Set fsync = on.")
        }
        if facts.synchronousCommit == "off" {
            return Finding(
                "disk", .wrong,
                "synchronous_commit is off: what was acknowledged can be lost. Set synchronous_commit = on.")
        }
        return Finding(
            "disk", .good,
            "What is acknowledged is on disk (fsync on, synchronous_commit \(facts.synchronousCommit)).")
    }

    static func replication(_ facts: ServerFacts) -> Finding {
        let replicas = facts.replicas == 1 ? "1 replica is" : "\(facts.replicas) replicas are"
        switch (facts.synchronousStandbys.isEmpty, facts.replicas) {
        case (true, 0):
            return Finding(
                "replicas", .note,
                "No replica is connected: with this machine's disk everything since the last backup is lost.")
        case (true, _):
            return Finding(
                "replicas", .note,
                "\(replicas) connected, and none is waited for: when one takes over, the last changes can be lost. Set synchronous_standby_names."
            )
        case (false, 0):
            return Finding(
                "replicas", .wrong,
                """
                Changes wait for \(facts.synchronousStandbys), and no replica is connected: they wait for ever. Start the \
                replica, or empty synchronous_standby_names.
                """)
        case (false, _) where ["local", "off"].contains(facts.synchronousCommit):
            return Finding(
                "replicas", .wrong,
                "\(replicas) connected, but synchronous_commit is \(facts.synchronousCommit), so none is waited for. Set it to on."
            )
        case (false, _):
            return Finding(
                "replicas", .good, "\(replicas) connected; changes wait for \(facts.synchronousStandbys).")
        }
    }

    private func line(_ facts: ServerFacts) -> Finding {
        Self.line(isEncrypted: facts.usesTLS, mode: address.sslMode, isLoopback: address.isLoopback)
    }

    static func line(isEncrypted: Bool, mode: String, isLoopback: Bool) -> Finding {
        let advice = "Set sslmode=verify-full and sslrootcert in FIRSTBELL_DATABASE_URL."
        switch (isEncrypted, isLoopback) {
        case (false, true): return Finding("TLS", .good, "The line to the server does not leave this machine.")
        case (false, false):
            return Finding("TLS", .wrong, "The line to the server is not encrypted (sslmode=\(mode)). \(advice)")
        case (true, _) where mode == "verify-full" || isLoopback:
            return Finding("TLS", .good, "The line to the server is encrypted (sslmode=\(mode)).")
        case (true, _) where mode == "verify-ca":
            return Finding(
                "TLS", .note, "The line is encrypted, but any server of that authority would do. \(advice)")
        case (true, _):
            return Finding(
                "TLS", .note,
                "The line is encrypted (sslmode=\(mode)), but whoever stands between could pose as the server. \(advice)"
            )
        }
    }

    static func connections(_ facts: ServerFacts) -> Finding {
        let text = "\(facts.connectionsLeft) of \(facts.maxConnections) connections are left."
        if facts.connectionsLeft < 12 {
            return Finding(
                "connections", .wrong, "\(text) A FirstBell server takes up to 12. Raise max_connections.")
        }
        if facts.connectionsLeft < 36 {
            return Finding(
                "connections", .note, "\(text) A FirstBell server takes up to 12. Raise max_connections soon.")
        }
        return Finding("connections", .good, text)
    }
}
