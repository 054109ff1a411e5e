import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(3))) struct TheDoctor {
    @Test func `finds nothing wrong with a machine that is set up`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("roster", "import", try machine.roster(students: 60, staff: 12))
            let well = try await machine.run("doctor")
            #expect(well.code == 0, "\(well.output)")
            #expect(well.output.contains("Nothing is wrong."))
            let server = try await machine.serve()
            let beside = try await machine.run("doctor", "--json")
            #expect(beside.code == 0, "\(beside.output)")
            let said = try beside.objects()
            #expect(said.contains { $0["setting"] == "FIRSTBELL_DATA" && $0["value"] == machine.data })
            #expect(said.contains { $0["check"] == "server" && $0["grade"] == "good" })
            #expect(said.contains { $0["check"] == "schema" && $0["grade"] == "good" })
            #expect(!said.contains { $0["grade"] == "wrong" })
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
        }
    }

    @Test func `changes nothing on a machine where nothing is yet, and says what comes first`() async throws {
        try await Machine.open(withKey: false) { machine in
            let ended = try await machine.run("doctor")
            #expect(ended.code == 1)
            #expect(ended.output.contains("firstbell keys create"))
            #expect(!FileManager.default.fileExists(atPath: machine.data))
            #expect(!FileManager.default.fileExists(atPath: machine.keyring))
        }
    }

    @Test func `finds what is wrong and never shows a secret`() async throws {
        try await Machine.open { machine in
            let secret = "\(machine.folder)/mail-password"
            try Data("hunter-two-too".utf8).write(to: URL(filePath: secret))
            chmod(secret, 0o644)
            let settings = [
                "FIRSTBELL_KEYRING": "\(machine.data)/keys", "FIRSTBELL_PUBLIC_URL": "http://bell.example",
                "FIRSTBELL_MAIL_FROM": "nobody", "FIRSTBELL_SMTP_URL": "smtp://bell:pass-word@127.0.0.1:1",
                "FIRSTBELL_SMTP_PASSWORD_FILE": secret, "FIRSTBELL_LOG_LEVLE": "debug",
            ]
            try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
            try FileManager.default.moveItem(atPath: machine.keyring, toPath: "\(machine.data)/keys")
            chmod(machine.data, 0o755)
            let ended = try await machine.run("doctor", "--json", settings: settings)
            #expect(ended.code == 1)
            #expect(!ended.output.contains("hunter") && !ended.output.contains("pass-word"))
            let said = try ended.objects()
            for about in ["data folder", "keyring", "address", "sender", "secrets", "mail"] {
                #expect(said.contains { $0["check"] == about && $0["grade"] == "wrong" }, "\(about)")
            }
            #expect(said.contains { $0["says"]?.contains("FIRSTBELL_LOG_LEVLE") == true })
            #expect(said.contains { $0["setting"] == "FIRSTBELL_SMTP_PASSWORD_FILE" && $0["value"] == "set" })
        }
    }

    @Test func `misses the key that mails and cards were made with`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
            try await machine.succeed("keys", "add")
            try FileManager.default.removeItem(atPath: "\(machine.keyring)/k1.key")
            let ended = try await machine.run("doctor")
            #expect(ended.code == 1)
            #expect(ended.output.contains("were made with k1, which is not in the keyring"))
        }
    }

    @Test func `misses the key that a kept roster was sealed with`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("roster", "import", try machine.roster(students: 40, staff: 6))
            try await machine.succeed("keys", "add")
            try FileManager.default.removeItem(atPath: "\(machine.keyring)/k1.key")
            let ended = try await machine.run("doctor")
            #expect(ended.code == 1)
            #expect(ended.output.contains("rosters that are kept were made with k1"))
        }
    }

    @Test func `sees that the database is damaged`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
            let file = try FileHandle(forWritingTo: URL(filePath: "\(machine.data)/firstbell.sqlite"))
            try file.seek(toOffset: 4096)
            try file.write(contentsOf: Data(repeating: 0xff, count: 16_384))
            try file.close()
            let ended = try await machine.run("doctor")
            #expect(ended.code == 1)
            #expect(ended.output.contains("wrong  database"))
        }
    }
}
