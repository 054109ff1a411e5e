import Core
import Foundation
import Glibc
import Storage
import StoragePostgreSQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct TheDoctorOnPostgreSQL {
    private func open(_ body: (Machine, ADatabase) async throws -> Void) async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in try await body(machine, database) }
        }
    }

    /// What it says about a thing, as `grade: sentence`.
    private func said(
        _ machine: Machine, _ settings: [String: String], _ about: String
    ) async throws -> String {
        let ended = try await machine.run("doctor", "--json", settings: settings)
        let finding = try ended.objects().first { $0["check"] == about }
        return "\(finding?["grade"] ?? ""): \(finding?["says"] ?? "")"
    }

    @Test func `looks at the server instead of a file, and never shows the password`() async throws {
        try await open { machine, database in
            let server = try await machine.serve(settings: database.settings)
            let ended = try await machine.run("doctor", "--json", settings: database.settings)
            let said = try ended.objects()
            for about in ["database", "isolation", "clock", "TLS", "connections", "schema", "secrets", "keyring"] {
                #expect(said.contains { $0["check"] == about && $0["grade"] == "good" }, "\(about): \(ended.output)")
            }
            #expect(!said.contains { $0["check"] == "journal" })
            // The tests' server does not write to the disk, which is all that is wrong with it.
            #expect(said.filter { $0["grade"] == "wrong" }.map { $0["check"] } == ["disk"])
            #expect(said.contains { $0["says"]?.contains("fsync is off") == true })
            #expect(said.contains { $0["check"] == "rights" && $0["grade"] == "note" })
            #expect(!ended.output.contains(database.password) && !ended.errors.contains(database.password))
            let secret = try database.url { $0.password = database.password }
            let inAddress = try await machine.run("doctor", settings: ["FIRSTBELL_DATABASE_URL": secret])
            #expect(inAddress.output.contains("good   schema"))
            #expect(!inAddress.output.contains(database.password))
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
        }
    }

    @Test func `changes nothing in an empty database, and says that the first start makes the tables`() async throws {
        try await open { machine, database in
            #expect(
                try await said(machine, database.settings, "schema").hasPrefix("note: The database is at step 0 of "))
            let tables: [TableShape] = try await database.database.read { try $0.tables() }
            #expect(tables.isEmpty)
        }
    }

    @Test func `says what is wrong with the way to the server`() async throws {
        try await open { machine, database in
            let port = try FreePort.find()
            let closed = database.settings.merging(["FIRSTBELL_DATABASE_URL": try database.url { $0.port = port }]) {
                $1
            }
            let away = try await said(machine, closed, "database")
            #expect(away.hasPrefix("wrong: PostgreSQL at 127.0.0.1:\(port)") && away.contains("listen_addresses"))
            // The same machine by a name that does not say so.
            func line(_ mode: String) async throws -> String {
                let address = try database.url {
                    $0.host = "2130706433"
                    $0.queryItems = [URLQueryItem(name: "sslmode", value: mode)]
                }
                return try await said(
                    machine, database.settings.merging(["FIRSTBELL_DATABASE_URL": address]) { $1 }, "TLS")
            }
            #expect(try await line("disable").hasPrefix("wrong: The line to the server is not encrypted"))
            #expect(try await line("require").hasPrefix("note: The line is encrypted (sslmode=require)"))
            let authority = try #require(ProcessInfo.processInfo.environment["FIRSTBELL_TEST_POSTGRESQL_CA"])
            let verified = try database.url {
                $0.queryItems = [
                    URLQueryItem(name: "sslmode", value: "verify-full"),
                    URLQueryItem(name: "sslrootcert", value: authority),
                ]
            }
            let settings = database.settings.merging(["FIRSTBELL_DATABASE_URL": verified]) { $1 }
            #expect(
                try await said(machine, settings, "TLS")
                    == "good: The line to the server is encrypted (sslmode=verify-full).")
            chmod(database.passwordFile, 0o644)
            #expect(
                try await said(machine, settings, "secrets").hasPrefix(
                    "wrong: FIRSTBELL_DATABASE_PASSWORD_FILE has the mode 644"))
        }
    }

    @Test(arguments: [(0, "good"), (-6, "note"), (6, "note"), (-90, "wrong"), (90, "wrong")])
    func `compares the clocks`(ahead: Int, grade: String) async throws {
        try await open { machine, database in
            try await database.pretend(clockAhead: ahead)
            let said = try await said(machine, database.settings, "clock")
            #expect(said.hasPrefix("\(grade): The server's clock is"))
            if ahead != 0 {
                #expect(said.contains(ahead < 0 ? "behind ours" : "ahead of ours") && said.contains("chrony"))
            }
        }
    }

    @Test(arguments: [
        (["synchronous_standby_names": "db2"], "replicas", "wrong: Changes wait for db2, and no replica is connected"),
        (["synchronous_standby_names": ""], "replicas", "note: No replica is connected"),
        (["fsync": "on", "synchronous_commit": "off"], "disk", "wrong: synchronous_commit is off"),
        (["fsync": "on", "synchronous_commit": "on"], "disk", "good: What is acknowledged is on disk"),
        (["max_connections": "5"], "connections", "wrong: "),
        (["server_version_num": "130012"], "database", "wrong: PostgreSQL at"),
        (["transaction_isolation": "read committed"], "isolation", "wrong: Transactions run as read committed"),
    ])
    func `judges how the server is set`(facts: [String: String], about: String, says: String) async throws {
        try await open { machine, database in
            try await database.pretend(facts)
            #expect(try await said(machine, database.settings, about).hasPrefix(says))
        }
    }

    @Test func `sees the rights of the account, and that its defaults do not matter`() async throws {
        try await open { machine, database in
            try await database.withAccount { name, settings in
                #expect(try await said(machine, settings, "rights").hasPrefix("wrong: the account may not make tables"))
                try await database.psql(
                    """
                    ALTER DATABASE "\(database.name)" OWNER TO "\(name)";
                    ALTER ROLE "\(name)" SET default_transaction_isolation = 'read committed';
                    """)
                #expect(try await said(machine, settings, "rights").hasPrefix("good: "))
                #expect(
                    try await said(machine, settings, "isolation").contains("whatever the default (read committed)"))
                let server = try await machine.serve(settings: settings)
                server.signal(SIGTERM)
                #expect(try await server.ended().code == 0)
            }
        }
    }

    @Test func `misses the key that mails and cards were made with, and sees half a district`() async throws {
        try await open { machine, database in
            try await machine.succeed(
                "staff", "add", "--username", "ruth", "--given", "Ruth", settings: database.settings)
            try await machine.succeed("keys", "add")
            try FileManager.default.removeItem(atPath: "\(machine.keyring)/k1.key")
            let ended = try await machine.run("doctor", settings: database.settings)
            #expect(ended.output.contains("were made with k1, which is not in the keyring"))
            try await database.execute(
                "INSERT INTO database_copy (id, side, other, began_at) VALUES ('019af000-0000-7000-8000-000000000000', 'target', 'db9', 1)"
            )
            #expect(
                try await said(machine, database.settings, "copy").hasPrefix("wrong: Only a part of a district is here")
            )
        }
    }
}
