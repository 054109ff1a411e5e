import Core
import Glibc
import Storage
import StorageSQLite
import Testing

@Suite(.timeLimit(.minutes(5))) struct AKilledImport {
    @Test func `goes on at the next start, and nobody is there by half`() async throws {
        try await Machine.open { machine in
            let students = 40_000
            let roster = try machine.roster(students: students, staff: 600)
            let server = try await machine.serve()
            let command = try machine.begin("roster", "import", roster)
            try await eventually("some are taken in", within: .seconds(180)) {
                guard command.isRunning else { throw Trouble("too early: \(try await command.ended())") }
                return try await machine.count("SELECT count(*) AS value FROM account WHERE kind = 'student'") > 0
            }
            server.signal(SIGKILL)
            await server.wait()
            let left = try await command.ended()
            #expect(left.code == 1)
            #expect(left.errors.contains("stopped midway"))
            let before = try await machine.count("SELECT count(*) AS value FROM account WHERE kind = 'student'")
            #expect(before < students)

            // The site is open while the import goes on.
            let again = try await machine.serve()
            try await eventually("the import has gone on to its end", within: .seconds(180)) {
                try await machine.count("SELECT count(*) AS value FROM roster_plan WHERE state = 'applying'") == 0
            }
            #expect(try await machine.count("SELECT count(*) AS value FROM account WHERE kind = 'student'") == students)
            let homeless: SQL = """
                SELECT count(*) AS value FROM account a WHERE a.kind = 'student'
                AND (NOT EXISTS (SELECT 1 FROM membership m WHERE m.account_id = a.id)
                  OR NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.account_id = a.id)
                  OR NOT EXISTS (SELECT 1 FROM account_source s WHERE s.account_id = a.id))
                """
            #expect(try await machine.count(homeless) == 0)
            #expect(try await machine.succeed("roster", "plan", roster).output.contains("changes nothing"))
            again.signal(SIGTERM)
            #expect(try await again.ended().code == 0)
        }
    }
}

extension Machine {
    /// A number that a query names `value`, read beside whatever runs.
    func count(_ query: SQL) async throws -> Int {
        let look = try SQLiteLook(path: "\(data)/firstbell.sqlite")
        let count = try await look.read { try $0.value(query, as: Int.self) ?? 0 }
        try look.close()
        return count
    }
}
