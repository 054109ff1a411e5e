import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(3))) struct ABackup {
    static let password = "bright-lanterns-by-the-river-7"

    @Test func `brings people back with their passwords, but opens no old session and no old link`() async throws {
        try await Machine.open { machine in
            let server = try await machine.serve()
            let (ruths, dovs) = (try await link(for: "ruth", on: machine), try await link(for: "dov", on: machine))
            var ruth = Browser(url: machine.url)
            let entered = try await ruth.post(ruths, ["password": Self.password])
            #expect(entered.status == 303)
            ruth.cookie = entered.cookie
            #expect(ruth.cookie != nil)
            #expect(try await ruth.get("/admin/audit").status == 200)

            let file = "\(machine.folder)/copy.sqlite"
            try await machine.succeed("backup", file)
            #expect(try await machine.run("backup", file).errors.contains("is there already"))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            let full = try await machine.run("restore", file)
            #expect(full.code == 1)
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
            #expect(try await machine.run("restore", file).errors.contains("holds a district already"))

            let elsewhere = ["FIRSTBELL_DATA": "\(machine.folder)/restored"]
            #expect(try await machine.succeed("restore", file, settings: elsewhere).output.contains("Restored."))
            let restored = try await machine.serve(settings: elsewhere)
            #expect(try await ruth.get("/admin/audit").status != 200)
            #expect(try await Browser(url: machine.url).get(dovs).status == 404)
            let again = try await Browser(url: machine.url).post(
                "/sign-in", ["username": "ruth", "password": Self.password])
            #expect(again.status == 303)
            ruth.cookie = again.cookie
            #expect(try await ruth.get("/admin/audit").status == 200)
            restored.signal(SIGTERM)
            #expect(try await restored.ended().code == 0)
        }
    }

    private func link(for username: String, on machine: Machine) async throws -> String {
        let added = try await machine.succeed(
            "staff", "add", "--administrator", "--username", username, "--given", "Pat", "--json")
        let link = try #require(try added.objects().first?["link"])
        return String(link.dropFirst(machine.url.count))
    }
}
