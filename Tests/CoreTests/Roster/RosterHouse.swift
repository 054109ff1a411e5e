import Core
import Foundation
import Storage
import Synchronization
import TestSupport

/// A district on a real database of its own, and rosters given as records.
final class RosterHouse: Sendable {
    let folder: URL
    let main: any Store
    let clock: Clock
    let keyring: Keyring

    init(now: Timestamp = Timestamp(milliseconds: 1_790_000_000_000)) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "firstbell-roster-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keyring = try Keyring(keys: [Array(repeating: 9, count: 32)])
        main = try await TestStore.chosen.database(in: folder)
        // It goes on a little with every look: two rosters never come in one millisecond.
        let next = Atomic(now.milliseconds)
        clock = Clock { Timestamp(milliseconds: next.add(1, ordering: .relaxed).oldValue) }
    }

    deinit {
        let (main, folder) = (main, folder)
        Task {
            try await TestStore.discard(main)
            try FileManager.default.removeItem(at: folder)
        }
    }

    /// What a later start of the program would make of the same files.
    func syncs(reading roster: Roster = Roster(), on main: (any Database)? = nil) -> RosterSyncs {
        syncs(on: main) { _, intake, _ in
            for (index, record) in roster.records.enumerated() {
                try intake.receive(record, at: RosterPlace(file: roster.file(of: record), line: index + 2))
            }
        }
    }

    /// Changes to a roster: rows, and rows that are there no more.
    func syncs(
        reading roster: Roster, without gone: [RosterRowKey], whole kinds: Set<RosterRowKey.Kind> = []
    ) -> RosterSyncs {
        syncs { _, intake, _ in
            try intake.begin(RosterChanges(wholeKinds: kinds))
            for row in gone { try intake.remove(row) }
            for record in roster.records {
                try intake.receive(record, at: RosterPlace(file: roster.file(of: record), line: 2))
            }
        }
    }

    func syncs(
        on main: (any Database)? = nil, client: RosterServiceClient = .absent, server: ServerAtWork? = nil,
        clock: Clock? = nil, reader: @escaping RosterReader = { _, _, _ in }
    ) -> RosterSyncs {
        let clock = clock ?? self.clock
        return RosterSyncs(
            main: main ?? self.main, store: store, reader: reader, client: client,
            server: server ?? ServerAtWork(at: clock.now()),
            keyring: keyring,
            clock: clock, timeZone: .gmt,
            maker: UsernameMaker(blocked: []))
    }

    var store: RosterStagingStore { TestStore.chosen.staging(beside: main, in: folder) }

    func hasStaging(_ id: ID<RosterSync>) async throws -> Bool {
        try await TestStore.chosen.hasStaging(id, beside: main, in: folder)
    }

    func plan(_ roster: Roster, by person: ID<Account>? = nil) async throws -> ID<RosterSync> {
        try await syncs(reading: roster).read(file: folder, fileName: "roster.zip", by: person)
    }

    func plan(
        changes roster: Roster = Roster(), without gone: [RosterRowKey] = [], whole kinds: Set<RosterRowKey.Kind> = []
    ) async throws -> ID<RosterSync> {
        try await syncs(reading: roster, without: gone, whole: kinds).read(
            file: folder, fileName: "changes.zip", by: nil)
    }

    func report(_ id: ID<RosterSync>) async throws -> RosterPlanReport? {
        try await main.read { try $0.rosterPlan(id) }
    }

    /// Plans a roster and applies it at once.
    @discardableResult
    func take(_ roster: Roster) async throws -> ID<RosterSync> {
        let id = try await plan(roster)
        try await syncs().apply(id, by: nil)
        return id
    }

    /// Waits until some of a plan is applied.
    func waitUntilBegun(_ id: ID<RosterSync>) async throws {
        while try await count("SELECT done AS value FROM roster_plan WHERE id = \(id)") == 0 { await Task.yield() }
    }

    /// Waits for an applying in the background.
    func waitUntilApplied(_ id: ID<RosterSync>) async throws {
        while try await text("SELECT state AS value FROM roster_plan WHERE id = \(id)") != "applied" {
            await Task.yield()
        }
    }

    func text(_ sql: SQL) async throws -> String? { try await main.read { try $0.value(sql, as: String.self) } }
    func count(_ sql: SQL) async throws -> Int { try await main.read { try $0.value(sql, as: Int.self) ?? 0 } }
    func run(_ sql: SQL) async throws { _ = try await main.write { try $0.execute(sql) } }

    func username(_ sourceID: String) async throws -> String? {
        try await text(
            """
            SELECT a.username AS value FROM account a JOIN account_source c ON c.account_id = a.id
            WHERE c.source_id = \(sourceID)
            """)
    }

    func suspended(_ sourceID: String) async throws -> String? {
        try await text(
            """
            SELECT a.suspended_for AS value FROM account a JOIN account_source c ON c.account_id = a.id
            WHERE c.source_id = \(sourceID)
            """)
    }

    /// An administrator made by hand.
    func administrator() async throws -> ID<Account> {
        let now = clock.now()
        return try await main.write { connection in
            try connection.addStaff(
                StaffByHand(
                    givenName: "Ida", familyName: "Kerr", username: "ida", address: nil, isAdministrator: true),
                by: nil, mint: IDMint(at: now), at: now)
        }
    }
}

/// A tiny roster that tests change in place.
struct Roster: Sendable {
    var schools: [RosterSchool] = []
    var terms: [RosterTerm] = []
    var people: [RosterPerson] = []
    var roles: [RosterRole] = []
    var trackers: [RosterTracker] = []
    var enrollments: [RosterEnrollment] = []

    var records: [RosterRecord] {
        schools.map(RosterRecord.school) + terms.map(RosterRecord.term) + people.map(RosterRecord.person)
            + roles.map(RosterRecord.role) + trackers.map(RosterRecord.tracker)
            + enrollments.map(RosterRecord.enrollment)
    }

    func file(of record: RosterRecord) -> String {
        switch record {
        case .school: "orgs.csv"
        case .term: "academicSessions.csv"
        case .person: "users.csv"
        case .role: "roles.csv"
        case .tracker: "classes.csv"
        case .enrollment: "enrollments.csv"
        }
    }

    mutating func student(
        _ id: String, _ given: String, _ family: String, school: String = "oak", username: String = "",
        address: String? = nil
    ) {
        people.append(
            RosterPerson(
                sourceID: id, role: .student, schoolIDs: [school], username: username, givenName: given,
                familyName: family, address: address, leavingYear: 2031))
    }

    mutating func teacher(
        _ id: String, _ given: String, _ family: String, school: String = "oak", username: String = ""
    ) {
        people.append(
            RosterPerson(
                sourceID: id, role: .teacher, schoolIDs: [school], username: username, givenName: given,
                familyName: family))
    }

    mutating func change(_ id: String, _ change: (inout RosterPerson) -> Void) {
        for index in people.indices where people[index].sourceID == id { change(&people[index]) }
    }

    mutating func remove(_ id: String) {
        people.removeAll { $0.sourceID == id }
        enrollments.removeAll { $0.personID == id }
    }

    mutating func enroll(_ person: String, _ tracker: String, as role: RosterRoleKind = .student) {
        enrollments.append(RosterEnrollment(trackerID: tracker, personID: person, role: role))
    }

    /// Ms. Ada teaches 4B with Ben and Cleo; Mr. Dov teaches at the other school.
    static var cast: Roster {
        var roster = Roster()
        roster.schools = [
            RosterSchool(sourceID: "district", name: "Tall Trees", kind: "district", parentID: nil),
            RosterSchool(sourceID: "oak", name: "Oak School", kind: "school", parentID: "district"),
            RosterSchool(sourceID: "elm", name: "Elm School", kind: "school", parentID: "district"),
        ]
        roster.terms = [
            RosterTerm(sourceID: "fall", beginsOn: "2026-08-20", endsOn: "2027-01-20"),
            RosterTerm(sourceID: "spring", beginsOn: "2027-01-20", endsOn: "2027-06-10"),
        ]
        roster.trackers = [
            RosterTracker(sourceID: "4b", schoolID: "oak", name: "4B", termIDs: ["fall", "spring"]),
            RosterTracker(sourceID: "art", schoolID: "oak", name: "Art", termIDs: ["fall"]),
            RosterTracker(sourceID: "9a", schoolID: "elm", name: "9A"),
        ]
        roster.teacher("t-ada", "Ada", "Moss", username: "ada.moss")
        roster.teacher("t-dov", "Dov", "Lind", school: "elm")
        roster.student("s-ben", "Ben", "Lee", username: "Ben.L", address: "Ben@Example.org")
        roster.student("s-cleo", "Cleo", "Park")
        roster.student("s-eli", "Eli", "Nord", school: "elm")
        roster.enroll("t-ada", "4b", as: .teacher)
        roster.enroll("t-dov", "9a", as: .teacher)
        roster.enroll("s-ben", "4b")
        roster.enroll("s-cleo", "4b")
        roster.enroll("s-cleo", "art")
        roster.enroll("s-eli", "9a")
        return roster
    }

    /// The cast and a crowd of students `s-001` … at Oak School.
    static func crowd(_ count: Int) -> Roster {
        var roster = cast
        for number in 1...count {
            let id = "s-" + String(1000 + number).dropFirst()
            roster.student(id, "Kim", "Number\(number)", username: id)
        }
        return roster
    }
}
