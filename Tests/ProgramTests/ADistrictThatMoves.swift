import Core
import Foundation
import Glibc
import Storage
import StorageSQLite
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ADistrictThatMoves {
    @Test func `goes to PostgreSQL and back with every row, and people sign in there`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                try await machine.fillDistrict(students: 600)
                let before = try await machine.rows(in: machine.data)
                #expect(before.values.filter { !$0.isEmpty }.count > 15)

                let copied = try await machine.succeed(
                    "database", "copy", "--json", "--to", database.url, "--password-file", database.passwordFile)
                let said = try copied.objects()
                #expect(said.contains { $0["table"] == "account" && Int($0["rows"] ?? "") ?? 0 > 600 })
                #expect(Set(said.compactMap { $0["table"] }) == Set(before.keys))
                #expect(said.last?["plans"] == "0")
                #expect(try await everything(in: database.database) == before)
                #expect(try await database.database.recountStudents(at: Clock.system.now()) == [])

                let server = try await machine.serve(settings: database.settings)
                let entered = try await Browser(url: machine.url).post(
                    "/sign-in", ["username": "ruth", "password": ABackup.password])
                #expect(entered.status == 303)
                let page = try await Browser(url: machine.url, cookie: entered.cookie).get("/admin/students")
                #expect(page.status == 200)
                server.signal(SIGTERM)
                #expect(try await server.ended().code == 0)

                let moved = try await everything(in: database.database)
                let back = "\(machine.folder)/back"
                let returned = try await machine.succeed(
                    "database", "copy", "--to-folder", back, settings: database.settings)
                #expect(returned.output.contains("the same number on both sides"))
                #expect(try await machine.rows(in: back) == moved)
                #expect(try await machine.recount(in: back) == [])
                #expect(try await machine.run("serve", settings: database.settings).errors.contains("has moved to"))
                let home = try await machine.serve(settings: ["FIRSTBELL_DATA": back])
                #expect(
                    try await Browser(url: machine.url).post(
                        "/sign-in", ["username": "ruth", "password": ABackup.password]
                    ).status == 303)
                home.signal(SIGTERM)
                #expect(try await home.ended().code == 0)
            }
        }
    }

    @Test func `is whole however often the copying is killed`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                try await machine.succeed("roster", "import", try machine.roster(students: 6_000, staff: 80))
                let before = try await machine.rows(in: machine.data)
                var kills = 0
                while kills < 5 {
                    let seen = try await database.rows()
                    let copying = try machine.begin(
                        "database", "copy", "--to", database.url, "--password-file", database.passwordFile)
                    try await eventually("some more is there") {
                        try await database.rows() > seen || !copying.isRunning
                    }
                    guard copying.isRunning else { break }
                    copying.signal(SIGKILL)
                    await copying.wait()
                    kills += 1
                    if kills == 2 {
                        let early = try await machine.run("serve", settings: database.settings)
                        #expect(early.code == 1)
                        #expect(early.errors.contains("Only a part of a district is here"))
                    }
                }
                #expect(kills >= 3)
                try await machine.succeed(
                    "database", "copy", "--to", database.url, "--password-file", database.passwordFile)
                #expect(try await everything(in: database.database) == before)
                let again = try await machine.succeed(
                    "database", "copy", "--to", database.url, "--password-file", database.passwordFile)
                #expect(again.output.contains("All was there already"))
            }
        }
    }

    @Test func `stays where it is while a server runs, and goes into nobody else's database`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                let to = ["--to", database.url, "--password-file", database.passwordFile]
                func copy(_ settings: [String: String] = [:]) async throws -> Ended {
                    try await machine.run("database", "copy", to[0], to[1], to[2], to[3], settings: settings)
                }
                #expect(try await copy().errors.contains("There is no district in"))
                try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
                let here = try await machine.serve()
                #expect(try await copy().errors.contains("Another FirstBell runs on \(machine.data)"))
                here.signal(SIGTERM)
                await here.wait()

                let elsewhere = database.settings.merging(["FIRSTBELL_DATA": "\(machine.folder)/two"]) { $1 }
                let there = try await machine.serve(settings: elsewhere)
                let inUse = try await copy()
                #expect(inUse.code == 1)
                #expect(inUse.errors.contains("FirstBell runs on that database"))
                there.signal(SIGTERM)
                await there.wait()
                try await machine.succeed("staff", "add", "--username", "dov", "--given", "Dov", settings: elsewhere)
                let full = try await copy()
                #expect(full.code == 1)
                #expect(full.errors.contains("holds a district already"))
                #expect(!full.errors.contains(database.password))
                #expect(try await database.count("SELECT count(*) AS value FROM account") == 1)
                // Nothing was begun: the district goes on where it is.
                try await machine.succeed("staff", "add", "--username", "ada", "--given", "Ada")
                #expect(try await machine.run("database", "release").errors.contains("was not copied elsewhere"))
            }
        }
    }

    @Test func `is used in one place alone, until it is released`() async throws {
        try await Machine.open { machine in
            try await ADatabase.open(on: machine) { database in
                try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
                try await machine.succeed(
                    "database", "copy", "--to", database.url, "--password-file", database.passwordFile)
                let refused = try await machine.run("staff", "add", "--username", "dov", "--given", "Dov")
                #expect(refused.code == 1)
                #expect(refused.errors.contains("has moved to PostgreSQL at 127.0.0.1"))
                #expect(try await machine.run("doctor").output.contains("has moved to PostgreSQL"))
                #expect(try await machine.succeed("database", "release").output.contains("can be used here again"))
                try await machine.succeed("staff", "add", "--username", "dov", "--given", "Dov")
            }
        }
    }

    @Test func `asks where to, in one way alone`() async throws {
        try await Machine.open { machine in
            #expect(try await machine.run("database", "copy").code == 2)
            #expect(try await machine.run("database", "copy", "--to", "postgresql://x/y", "--to-folder", "z").code == 2)
            #expect(
                try await machine.run("database", "copy", "--to-folder", "\(machine.folder)/z").errors.contains(
                    "firstbell backup and restore"))
            let bad = try await machine.run("database", "copy", "--to", "mysql://firstbell:secret-word@db/firstbell")
            #expect(bad.code == 1)
            #expect(bad.errors.contains("--to: ") && !bad.errors.contains("secret-word"))
        }
    }
}
