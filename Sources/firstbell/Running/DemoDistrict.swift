import Core
import Foundation
import RosterSources
import Storage

/// The invented district: taken in by the same roster import as everybody's, with three people ready to sign in.
struct DemoDistrict: Sendable {
    struct Person: Codable, Sendable {
        let name: String
        let username: String
        let password: String
    }
    let administrator: Person
    let teacher: Person
    let student: Person

    /// Spoken on the screen of the demo; nobody else's password.
    private static let password = "bright lanterns by the river"

    /// Makes the district, or finds the one that an earlier demo made in this data folder.
    static func open(in installation: Installation) async throws -> DemoDistrict {
        let isEmpty = try await installation.database.read { try !$0.exists("SELECT 1 AS value FROM account LIMIT 1") }
        if isEmpty { try await make(in: installation) }
        return try await find(in: installation)
    }

    private static func make(in installation: Installation) async throws {
        let now = installation.clock.now()
        let zip = "\(installation.folder.uploads)/demo.zip"
        try SampleDistrict(schoolYear: schoolYear(at: now, in: installation.settings.timeZone)).write(toZip: zip)
        defer { try? FileManager.default.removeItem(atPath: zip) }
        let plan = try await installation.readRoster(zip) { _ in }
        try await installation.applying(plan.sync.id) { _ in }
        let ruth = StaffByHand(
            givenName: "Ruth", familyName: "Kowalczyk", username: "ruth", address: nil, isAdministrator: true)
        let hash = try await PasswordHasher().hash(Redacted(password))
        let mint = IDMint(at: now)
        let (zone, key) = (installation.settings.timeZone, installation.keyring.current)
        try await installation.database.write { connection in
            func activate(_ person: ID<Account>, at moment: Timestamp) throws {
                let day = SchoolDay(moment, in: zone).today
                try connection.becomeActive(invented: person, hash: hash, key: key, on: day, at: moment)
            }
            try activate(connection.addStaff(ruth, by: nil, mint: mint, at: now), at: now)
            try activate(connection.demoTeacher(), at: now)
            // Two in five have begun already, so that every page has something of everything.
            let students: [ID<Account>] = try connection.rows(
                "SELECT id FROM account WHERE kind = 'student' ORDER BY username"
            ).map { try $0["id"] }
            let begun = students.indices.filter { $0 % 5 < 2 }.map { students[$0] }
            for (number, student) in begun.enumerated() {
                try activate(student, at: now - .days(daysAgo[number % daysAgo.count]))
            }
        }
    }

    /// How long ago one after the other came in: slowly at first, most in the middle, and some stragglers.
    private static let daysAgo = [1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 7, 9]

    private static func find(in installation: Installation) async throws -> DemoDistrict {
        try await installation.database.read { connection in
            let teacher = try connection.demoTeacher()
            let student: ID<Account>? = try connection.value(
                """
                SELECT a.id AS value FROM account a JOIN enrollment e ON e.account_id = a.id AND e.role = 'student'
                WHERE a.active_at IS NOT NULL AND e.tracker_id IN
                  (SELECT tracker_id FROM enrollment WHERE account_id = \(teacher) AND role = 'teacher')
                ORDER BY a.sort_name, a.id LIMIT 1
                """)
            let administrator: ID<Account>? = try connection.value(
                "SELECT account_id AS value FROM administrator ORDER BY account_id LIMIT 1")
            guard let student, let administrator else { throw Refusal("This data folder holds no demo district.") }
            return DemoDistrict(
                administrator: try connection.demoPerson(administrator, password),
                teacher: try connection.demoPerson(teacher, password),
                student: try connection.demoPerson(student, password))
        }
    }

    /// The school year that runs now, named by the year in which it ends; a new one begins in July.
    private static func schoolYear(at now: Timestamp, in zone: TimeZone) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month], from: now.date)
        return (parts.year ?? 2026) + ((parts.month ?? 1) >= 7 ? 1 : 0)
    }
}

extension Connection {
    /// The teacher whose pages show most: several trackers and about a class of students, some without an address.
    fileprivate func demoTeacher() throws -> ID<Account> {
        let teacher: ID<Account>? = try value(
            """
            SELECT t.account_id AS value FROM enrollment t
            JOIN enrollment s ON s.tracker_id = t.tracker_id AND s.role = 'student' JOIN account a ON a.id = s.account_id
            WHERE t.role = 'teacher' GROUP BY t.account_id
            ORDER BY abs(count(DISTINCT s.account_id) - 40) - 5 * count(DISTINCT t.tracker_id), t.account_id LIMIT 1
            """)
        guard let teacher else { throw Refusal("This data folder holds no demo district.") }
        return teacher
    }

    fileprivate func demoPerson(_ id: ID<Account>, _ password: String) throws -> DemoDistrict.Person {
        guard
            let row = try rows("SELECT given_name, family_name, username FROM account WHERE id = \(id)").first
        else { throw Refusal("This data folder holds no demo district.") }
        return DemoDistrict.Person(
            name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
            username: try row["username"], password: password)
    }
}
