import Core
import Foundation
import Glibc
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ADatabaseThatWillNotDo {
    /// Starts the server, which has to end by itself with one sentence that says all of `parts`.
    private func refused(
        _ machine: Machine, _ database: ADatabase, _ settings: [String: String] = [:], _ parts: String...
    ) async throws {
        let ended = try await machine.run("serve", settings: database.settings.merging(settings) { $1 })
        #expect(ended.code == 1)
        for part in parts { #expect(ended.errors.contains(part), "\(ended.errors)") }
        #expect(
            ended.errors.hasPrefix("firstbell: ") && ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
        #expect(!ended.errors.contains(database.password))
    }

    private func open(_ body: (Machine, ADatabase) async throws -> Void) async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in try await body(machine, database) }
        }
    }

    @Test func `is not there`() async throws {
        try await open { machine, database in
            let port = try FreePort.find()
            let closed = try database.url { $0.port = port }
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_URL": closed], "Connection refused", "listen_addresses")
            let nowhere = try database.url { $0.host = "no-such-host.invalid" }
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_URL": nowhere], "could not translate host name",
                "Is the host's name in FIRSTBELL_DATABASE_URL right?")
            let missing = try database.url { $0.path = "/no-such-database" }
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_URL": missing], "does not exist", "CREATE DATABASE")
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_URL": "postgres:nonsense"], "FIRSTBELL_DATABASE_URL: ",
                "postgresql://firstbell@db.example:5432/firstbell")
        }
    }

    @Test func `does not let us in`() async throws {
        try await open { machine, database in
            let file = "\(machine.folder)/wrong"
            try Data("hunter-two-too".utf8).write(to: URL(filePath: file))
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_PASSWORD_FILE": file], "password authentication failed",
                "FIRSTBELL_DATABASE_PASSWORD_FILE")
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_PASSWORD_FILE": "/no/file"], "cannot be read")
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_PASSWORD_FILE": "", "HOME": machine.folder],
                "no password supplied", "PGPASSFILE")
        }
    }

    @Test func `is too old`() async throws {
        try await open { machine, database in
            try await database.pretend(["server_version_num": "130012"])
            try await refused(machine, database, [:], "it is PostgreSQL 13", "Upgrade the server")
        }
    }

    @Test(arguments: [
        ("ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'", "its encoding is SQL_ASCII"),
        ("ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'", "LC_COLLATE C.UTF-8"),
    ])
    func `has another encoding or order of texts`(options: String, part: String) async throws {
        try await open { machine, database in
            let other = "\(database.name)_other"
            try await database.psql("CREATE DATABASE \"\(other)\" TEMPLATE template0 \(options)")
            let address = try database.url { $0.path = "/\(other)" }
            try await refused(
                machine, database, ["FIRSTBELL_DATABASE_URL": address], part,
                "CREATE DATABASE firstbell TEMPLATE template0")
            try await database.psql("DROP DATABASE \"\(other)\" WITH (FORCE)")
        }
    }

    @Test func `is of a newer FirstBell`() async throws {
        try await open { machine, database in
            let server = try await machine.serve(settings: database.settings)
            server.signal(SIGTERM)
            await server.wait()
            try await database.execute("INSERT INTO migration (number, name, at) VALUES (999, '0999-later', 1)")
            try await refused(machine, database, [:], "of a newer FirstBell (step 999", "Run that version.")
        }
    }

    @Test func `gives our account no rights`() async throws {
        try await open { machine, database in
            try await database.withAccount { name, settings in
                try await refused(
                    machine, database, settings, "may not make tables", "ALTER DATABASE firstbell OWNER TO")
                try await database.psql(
                    """
                    ALTER DATABASE "\(database.name)" OWNER TO "\(name)";
                    ALTER ROLE "\(name)" SET default_transaction_read_only = on;
                    """)
                try await refused(machine, database, settings, "read-only", "default_transaction_read_only")
            }
        }
    }

    @Test func `has no connection left for us`() async throws {
        try await open { machine, database in
            try await database.withAccount("CONNECTION LIMIT 0") { _, settings in
                try await refused(machine, database, settings, "too many connections", "Raise the limit")
            }
        }
    }
}
