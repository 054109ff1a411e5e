import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(3))) struct TheRunningServer {
    @Test func `owns its data folder, does errands for commands, and ends when it is told to`() async throws {
        try await Machine.open { machine in
            let server = try await machine.serve()
            let second = try await machine.run("serve")
            #expect(second.code == 1)
            #expect(second.errors.contains("Another FirstBell runs on"))

            let added = try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
            let link = try #require(added.output.firstMatch(of: /\/activate\/[A-Za-z0-9_-]+/)).output
            #expect(try await Browser(url: machine.url).get(String(link)).status == 200)

            let roster = try machine.roster(students: 60, staff: 12)
            #expect(try await machine.succeed("roster", "import", roster).output.contains("Done."))
            #expect(try await machine.succeed("roster", "plan", roster).output.contains("changes nothing"))
            let taken = try await machine.run("staff", "add", "--username", "ruth", "--given", "Rufus")
            #expect(taken.code == 1)
            #expect(taken.errors.contains("ruth is taken"))

            let told = ContinuousClock.now
            server.signal(SIGTERM)
            let ended = try await server.ended()
            #expect(ended.code == 0 && !ended.wasKilled)
            #expect(told.duration(to: .now) < .seconds(20))
            #expect(!ended.errors.contains(link.dropFirst("/activate/".count)))
        }
    }

    @Test func `listens to others only with TLS or behind a proxy`() async throws {
        try await Machine.open { machine in
            let open = try await machine.run("serve", settings: ["FIRSTBELL_LISTEN": "0.0.0.0:\(machine.port)"])
            #expect(open.code == 1)
            #expect(open.errors.contains("FIRSTBELL_TLS_CERTIFICATE"))
            let plain = try await machine.run("serve", settings: ["FIRSTBELL_PUBLIC_URL": "http://bell.example"])
            #expect(plain.code == 1)
            #expect(plain.errors.contains("Passwords need https."))
        }
    }

    @Test func `starts again after a blow`() async throws {
        try await Machine.open { machine in
            let server = try await machine.serve()
            server.signal(SIGKILL)
            #expect(try await server.ended().wasKilled)
            let again = try await machine.serve()
            #expect(try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth").code == 0)
            again.signal(SIGTERM)
            #expect(try await again.ended().code == 0)
        }
    }
}
