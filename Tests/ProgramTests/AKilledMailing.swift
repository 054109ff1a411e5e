import Core
import Foundation
import Glibc
import Storage
import StorageSQLite
import Testing

@Suite(.timeLimit(.minutes(5))) struct AKilledMailing {
    static let kills = 20
    /// Lines to the mail server at the same time: on each, one mail can be between its body and the answer.
    static let lines = 4

    @Test func `sends no mail twice and loses none`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("roster", "import", try machine.roster(students: 900, staff: 60))
            let all = try await machine.queueMailings()
            try #require(all > 400)
            let sink = try MailSink()
            var kills = 0
            while kills < Self.kills, try await machine.waiting() > 60 {
                let server = try machine.begin("serve", settings: sink.settings)
                sink.strike(afterSteps: Int.random(in: 1...100)) { server.signal(SIGKILL) }
                let ended = try await server.ended()
                #expect(ended.wasKilled, "\(ended.errors)")
                kills += 1
            }
            #expect(kills >= 10)
            let server = try await machine.serve(settings: sink.settings)
            try await eventually("no mail waits", within: .seconds(120)) { try await machine.waiting() == 0 }
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)

            let taken = sink.taken
            #expect(Set(taken).count == taken.count, "a mail was taken twice")
            let fates = try await machine.fates()
            #expect(fates.count == all)
            #expect(Set(fates.values) == ["accepted", "unknown"])
            let (accepted, unknown) = (fates.named("accepted"), fates.named("unknown"))
            #expect(accepted.isSubset(of: taken), "a mail is lost")
            #expect(Set(taken).isSubset(of: accepted.union(unknown)))
            #expect(unknown.count <= kills * Self.lines)
        }
    }
}

extension [String: String] {
    fileprivate func named(_ state: String) -> Set<String> { Set(filter { $0.value == state }.keys) }
}

extension Machine {
    /// Every teacher presses Send for all of their trackers. Returns how many mails wait then.
    fileprivate func queueMailings() async throws -> Int {
        let database = try SQLiteDatabase(path: "\(data)/firstbell.sqlite")
        let now = Clock.system.now()
        let day = SchoolDay(now, in: .gmt)
        try await database.write { connection in
            let teachers: [ID<Account>] = try connection.rows(
                "SELECT DISTINCT account_id FROM enrollment WHERE role = 'teacher' ORDER BY account_id"
            ).map { try $0["account_id"] }
            for teacher in teachers {
                let sender = SignedIn(
                    id: teacher, kind: .staff, name: "Ms. Ada", username: "ada", isAdministrator: false, place: "School"
                )
                let mailing = NewMailing(
                    act: .new(at: now), choice: MailingChoice(allTrackers: true), message: "", sender: sender,
                    mint: IDMint(at: now), now: now)
                _ = try connection.send(mailing, by: .teacher(Teacher(id: teacher, day: day)))
            }
        }
        try await database.checkpoint()
        try database.close()
        return try await waiting()
    }

    fileprivate func waiting() async throws -> Int {
        try await count(
            "SELECT count(*) AS value FROM mail WHERE state IN ('queued', 'deferred', 'sending', 'in_data')")
    }

    /// The state of each mail by its name.
    fileprivate func fates() async throws -> [String: String] {
        let look = try SQLiteLook(path: "\(data)/firstbell.sqlite")
        let pairs: [(String, String)] = try await look.read { connection in
            try connection.rows("SELECT id, state FROM mail").map { (try $0["id"], try $0["state"]) }
        }
        try look.close()
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
