import Core
import Foundation
import Glibc
import Storage
import StorageSQLite
import Testing

@Suite(.timeLimit(.minutes(5))) struct AKilledSchoolMailing {
    @Test func `goes on at the next start, with one mail for each and nobody lost`() async throws {
        try await Machine.open { machine in
            let students = 4_000
            try await machine.succeed("roster", "import", try machine.roster(students: students, staff: 60))
            let expected = try await machine.mailAllSchools()
            try #require(expected > 2_000)
            // A transport that takes nothing: this is about the queue alone.
            let settings = ["FIRSTBELL_SMTP_URL": "smtp://127.0.0.1:\(try FreePort.find())?tls=none"]
            var kills = 0
            while try await machine.isQueueing(), kills < 12 {
                let before = try await machine.queued()
                let server = try machine.begin("serve", settings: settings)
                try await eventually("some more are queued") {
                    if try await machine.queued() > before { return true }
                    return try await !machine.isQueueing()
                }
                server.signal(SIGKILL)
                await server.wait()
                kills += 1
            }
            #expect(kills >= 2)
            let server = try await machine.serve(settings: settings)
            try await eventually("all are queued", within: .seconds(120)) { try await !machine.isQueueing() }
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
            #expect(try await machine.queued() == expected)
            #expect(
                try await machine.count(
                    """
                    SELECT count(*) AS value FROM account a WHERE a.kind = 'student'
                    AND (SELECT count(*) FROM mail m WHERE m.account_id = a.id)
                      + (SELECT count(*) FROM mailing_skip k WHERE k.account_id = a.id) <> 1
                    """) == 0)
        }
    }
}

extension Machine {
    fileprivate func queued() async throws -> Int { try await count("SELECT count(*) AS value FROM mail") }

    fileprivate func isQueueing() async throws -> Bool {
        try await count("SELECT count(*) AS value FROM mailing WHERE is_queueing") > 0
    }

    /// An administrator presses Send for All Schools. Returns how many mails were counted.
    fileprivate func mailAllSchools() async throws -> Int {
        let database = try SQLiteDatabase(path: "\(data)/firstbell.sqlite")
        let now = Clock.system.now()
        let choice = MailingChoice(allSchools: true)
        let expected = try await database.write { connection in
            let id: ID<Account>? = try connection.value(
                "SELECT account_id AS value FROM enrollment WHERE role = 'teacher' LIMIT 1")
            guard let id else { throw Trouble("no staff") }
            let chief = StudentViewer.administrator(
                Administrator(id: id, hasDistrict: true), SchoolDay(now, in: .gmt))
            let expected = try connection.previewMailing(choice, by: chief, at: now).mailed.count
            let sender = SignedIn(
                id: id, kind: .staff, name: "Ruth", username: "ruth", isAdministrator: true, place: "District")
            _ = try connection.send(
                NewMailing(
                    act: .new(at: now), choice: choice, message: "", sender: sender, expected: expected,
                    mint: IDMint(at: now), now: now), by: chief)
            return expected
        }
        try await database.checkpoint()
        try database.close()
        return expected
    }
}
