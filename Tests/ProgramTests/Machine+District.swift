import Core
import Foundation
import Glibc
import Storage
import StorageSQLite
import TestSupport
import Testing

extension Machine {
    /// A sample district in the data folder with mails, card sheets, an audit, and ruth, who has chosen her password.
    func fillDistrict(students: Int) async throws {
        try await succeed("roster", "import", try roster(students: students))
        let server = try await serve()
        let added = try await succeed(
            "staff", "add", "--administrator", "--username", "ruth", "--given", "Ruth", "--json")
        let link = try #require(try added.objects().first?["link"])
        let entered = try await Browser(url: url).post(
            String(link.dropFirst(url.count)), ["password": ABackup.password])
        #expect(entered.status == 303)
        server.signal(SIGTERM)
        await server.wait()
        try await mailAndPrint()
        // Sends what was queued, into the outbox folder.
        let postman = try await serve()
        try await eventually("mails have left") {
            try await count("SELECT count(*) AS value FROM mail WHERE state = 'accepted'") > 50
        }
        postman.signal(SIGTERM)
        await postman.wait()
    }

    /// Every row of the district in a data folder.
    func rows(in folder: String) async throws -> [String: [SQLValue]] {
        let database = try SQLiteDatabase(path: "\(folder)/firstbell.sqlite")
        defer { try? database.close() }
        return try await everything(in: database)
    }

    /// What is wrong with the counters of the district in a data folder.
    func recount(in folder: String) async throws -> [String] {
        let database = try SQLiteDatabase(path: "\(folder)/firstbell.sqlite")
        defer { try? database.close() }
        return try await database.recountStudents(at: Clock.system.now())
    }

    private func mailAndPrint() async throws {
        let database = try SQLiteDatabase(path: "\(data)/firstbell.sqlite")
        defer { try? database.close() }
        let now = Clock.system.now()
        try await database.write { connection in
            let ruth: ID<Account>? = try connection.value("SELECT account_id AS value FROM administrator")
            guard let ruth else { throw Trouble("no administrator") }
            let chief = StudentViewer.administrator(
                Administrator(id: ruth, hasDistrict: true), SchoolDay(now, in: .gmt))
            let choice = MailingChoice(allSchools: true)
            let sender = SignedIn(
                id: ruth, kind: .staff, name: "Ruth", username: "ruth", isAdministrator: true, place: "District")
            _ = try connection.send(
                NewMailing(
                    act: .new(at: now), choice: choice, message: "Tab\there, \\N and \"quotes\"\r\n\u{1F514}",
                    sender: sender, expected: try connection.previewMailing(choice, by: chief, at: now).mailed.count,
                    mint: IDMint(at: now), now: now), by: chief)
            let key = try #require(KeyID("k1"))
            _ = try connection.makeCardSheet(
                NewCardSheet(act: .new(at: now), scope: .groups(choice), key: key, mint: IDMint(at: now), now: now),
                by: chief)
        }
        try await database.checkpoint()
    }
}
