import Core
import Foundation
import Glibc
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ABackupOnPostgreSQL {
    @Test func `is made by the line that is printed, and brings people back but opens no old door`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                let server = try await machine.serve(settings: database.settings)
                let (ruths, dovs) = (
                    try await link(for: "ruth", on: machine, database),
                    try await link(for: "dov", on: machine, database)
                )
                var ruth = Browser(url: machine.url)
                let entered = try await ruth.post(ruths, ["password": ABackup.password])
                ruth.cookie = entered.cookie
                #expect(try await ruth.get("/admin/audit").status == 200)

                let file = "\(machine.folder)/it's a copy.dump"
                let refused = try await machine.run("backup", file, settings: database.settings)
                #expect(refused.code == 1)
                #expect(!refused.errors.contains(database.password))
                let line = try #require(refused.errors.split(separator: "\n").last)
                try await machine.shell(String(line))
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
                #expect(mode?.intValue == 0o600)
                server.signal(SIGTERM)
                await server.wait()

                try await ADatabase.open(on: machine) { restored in
                    try await machine.shell(
                        """
                        PGPASSWORD="$(cat '\(restored.passwordFile)')" pg_restore --exit-on-error --single-transaction \
                        --no-owner --dbname='\(restored.url)' '\(machine.folder)/it'\\''s a copy.dump'
                        """)
                    let closed = try await machine.succeed("restore", "--after-pg-restore", settings: restored.settings)
                    #expect(closed.output.contains("Restored."))
                    let again = try await machine.serve(settings: restored.settings)
                    #expect(try await ruth.get("/admin/audit").status != 200)
                    #expect(try await Browser(url: machine.url).get(dovs).status == 404)
                    let signedIn = try await Browser(url: machine.url).post(
                        "/sign-in", ["username": "ruth", "password": ABackup.password])
                    #expect(signedIn.status == 303)
                    again.signal(SIGTERM)
                    #expect(try await again.ended().code == 0)
                }
            }
        }
    }

    @Test func `is not taken for a file, and closes no door of servers that run`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                let file = "\(machine.folder)/copy.dump"
                let asFile = try await machine.run("restore", file, settings: database.settings)
                #expect(asFile.code == 1)
                #expect(asFile.errors.contains("pg_restore") && asFile.errors.contains("--after-pg-restore"))
                #expect(
                    try await machine.run("restore", "--after-pg-restore").errors.contains("firstbell restore FILE"))
                #expect(try await machine.run("restore").code == 2)
                #expect(try await machine.run("restore", file, "--after-pg-restore").code == 2)

                let elsewhere = database.settings.merging(["FIRSTBELL_DATA": "\(machine.folder)/two"]) { $1 }
                let server = try await machine.serve(settings: elsewhere)
                let dovs = try await link(for: "dov", on: machine, database)
                let running = try await machine.run("restore", "--after-pg-restore", settings: database.settings)
                #expect(running.code == 1)
                #expect(running.errors.contains("FirstBell runs on that database"))
                #expect(try await Browser(url: machine.url).get(dovs).status == 200)
                server.signal(SIGTERM)
                await server.wait()
            }
        }
    }

    private func link(for username: String, on machine: Machine, _ database: ADatabase) async throws -> String {
        let added = try await machine.succeed(
            "staff", "add", "--administrator", "--username", username, "--given", "Pat", "--json",
            settings: database.settings)
        let link = try #require(try added.objects().first?["link"])
        return String(link.dropFirst(machine.url.count))
    }
}

extension Machine {
    /// Runs a line as a person would type it.
    fileprivate func shell(_ line: String) async throws {
        let ended = try await Program(
            ["-c", line], environment: ["PATH": "/usr/bin:/bin"], folder: folder, path: URL(filePath: "/bin/sh")
        ).ended()
        guard ended.code == 0 else { throw Trouble("\(line): \(ended.errors)") }
    }
}
