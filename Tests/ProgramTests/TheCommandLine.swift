import Foundation
import Testing

@Suite(.timeLimit(.minutes(3))) struct TheCommandLine {
    @Test func `says its version`() async throws {
        try await Machine.open(withKey: false) { machine in
            let ended = try await machine.succeed("version")
            #expect(ended.output.firstMatch(of: /^firstbell \d+\.\d+\.\d+\n$/) != nil)
            #expect(ended.errors.isEmpty)
        }
    }

    @Test(arguments: [
        ["--unknown"], ["serve", "--unknown"], ["roster", "import"], ["staff", "add"], ["nonsense"], ["mail", "test"],
        ["database", "copy"], ["restore"], ["roster", "plan", "x.zip", "--format", "nonsense"],
    ])
    func `ends with 2 and says how it is used when it is used wrongly`(arguments: [String]) async throws {
        try await Machine.open(withKey: false) { machine in
            let program = try Program(arguments, environment: ["PATH": "/usr/bin"], folder: machine.folder)
            let ended = try await program.ended()
            #expect(ended.code == 2)
            #expect(ended.output.isEmpty)
            #expect(ended.errors.contains("Usage: firstbell"))
        }
    }

    @Test(arguments: [
        "serve", "demo", "roster plan", "roster import", "staff add", "mail test", "keys create", "keys add",
        "keys list",
        "backup", "restore", "database copy", "database release", "doctor", "version",
    ])
    func `explains a command with examples and exit codes`(command: String) async throws {
        try await Machine.open(withKey: false) { machine in
            let words = ["help"] + command.split(separator: " ").map(String.init)
            let ended = try await Program(words, environment: ["PATH": "/usr/bin"], folder: machine.folder).ended()
            #expect(ended.code == 0)
            #expect(ended.output.contains("firstbell \(command)"))
            #expect(ended.output.contains("Example"))
            #expect(ended.output.contains("Exit codes: 0 "))
        }
    }

    @Test func `makes a keyring once and never writes over it`() async throws {
        try await Machine.open(withKey: false) { machine in
            try await machine.succeed("keys", "create")
            let key = try Data(contentsOf: URL(filePath: "\(machine.keyring)/k1.key"))
            let again = try await machine.run("keys", "create")
            #expect(again.code == 1)
            #expect(again.errors.contains("never written over"))
            #expect(try Data(contentsOf: URL(filePath: "\(machine.keyring)/k1.key")) == key)
            try await machine.succeed("keys", "add")
            let list = try await machine.succeed("keys", "list", "--json").objects()
            #expect(list == [["key": "k1", "current": "false"], ["key": "k2", "current": "true"]])
        }
    }

    @Test func `adds staff with one link, makes a new one for who waits, and refuses a name that is taken`()
        async throws
    {
        try await Machine.open { machine in
            let added = try await machine.succeed(
                "staff", "add", "--username", "ruth", "--given", "Ruth", "--administrator")
            #expect(added.output.matches(of: /http:\/\/127\.0\.0\.1:\d+\/activate\/[A-Za-z0-9_-]+/).count == 1)
            #expect(!added.errors.contains("/activate/"))
            let link = /http:\/\/127\.0\.0\.1:\d+\/activate\/[A-Za-z0-9_-]+/
            let same = try await machine.succeed(
                "staff", "add", "--username", "ruth", "--given", "Ruth", "--administrator")
            let short = try await machine.succeed("staff", "add", "--username", "ruth")
            let links = [added, same, short].compactMap { $0.output.firstMatch(of: link).map { String($0.output) } }
            #expect(Set(links).count == 3)
            let again = try await machine.run("staff", "add", "--username", "RUTH", "--given", "Rufus")
            #expect(again.code == 1)
            #expect(again.errors.contains("RUTH is taken"))
            #expect(again.output.isEmpty)
            let script = try await machine.succeed("staff", "add", "--username", "dov", "--given", "Dov", "--json")
                .objects()
            #expect(script.count == 1)
            #expect(script[0].keys.sorted() == ["link", "username"])
        }
    }

    @Test func `takes a roster in once`() async throws {
        try await Machine.open { machine in
            let roster = try machine.roster(students: 60, staff: 12)
            let plan = try await machine.succeed("roster", "plan", roster)
            #expect(plan.output.contains("Read as OneRoster CSV 1.1, made by FirstBell sample district."))
            #expect(plan.output.contains("Students: 60 new, 0 changed, 0 leaving, 0 back"))
            let other = try await machine.run("roster", "plan", "--format", "clever", roster)
            #expect(other.code == 1)
            #expect(other.errors.contains("schools.csv is missing"))
            let done = try await machine.succeed("roster", "import", roster)
            #expect(done.output.contains("Done."))
            let again = try await machine.succeed("roster", "import", roster)
            #expect(again.output.contains("changes nothing"))
            let script = try await machine.succeed("roster", "plan", "--json", roster).objects()
            #expect(script.map { $0["changes"] } == ["false"])
        }
    }

    @Test func `refuses a roster that is not there or none`() async throws {
        try await Machine.open { machine in
            let missing = try await machine.run("roster", "import", "\(machine.folder)/missing.zip")
            #expect(missing.code == 1)
            #expect(missing.errors.contains("is not there"))
            try Data("no roster".utf8).write(to: URL(filePath: "\(machine.folder)/none.zip"))
            let none = try await machine.run("roster", "import", "\(machine.folder)/none.zip")
            #expect(none.code == 1)
            #expect(none.errors.hasPrefix("firstbell: "))
        }
    }

    @Test func `refuses to work without the resources beside it, and the doctor names them`() async throws {
        try await Machine.open(withKey: false) { machine in
            let alone = URL(filePath: "\(machine.folder)/firstbell")
            try FileManager.default.copyItem(at: Program.path.resolvingSymlinksInPath(), to: alone)
            for command in ["serve", "doctor"] {
                let ended = try await Program(
                    [command], environment: ["FIRSTBELL_DATA": machine.data], folder: machine.folder, path: alone
                ).ended()
                #expect(ended.code == 1)
                #expect((ended.output + ended.errors).contains("firstbell_Core.resources is missing"))
            }
        }
    }

    @Test func `refuses to work without keys`() async throws {
        try await Machine.open(withKey: false) { machine in
            let refused = try await machine.run("serve")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("firstbell keys create"))
        }
    }
}
