import Core
import Dispatch
import RosterSources
import Testing

@testable import RosterREST

@Suite struct AFullPull {
    @Test func `of OneRoster 1.1 brings every kind of row, as a file would`() async throws {
        let pulled = try await MockService.run(Behaviour()) { try await $0.pulled() }
        #expect(
            pulled.records.filter { if case .person = $0 { false } else { true } } == [
                .school(RosterSchool(sourceID: "d", name: "Lindenau", kind: "district", parentID: nil)),
                .school(RosterSchool(sourceID: "s1", name: "Birch School", kind: "school", parentID: "d")),
                .term(RosterTerm(sourceID: "t1", beginsOn: "2026-08-17", endsOn: "2027-06-12")),
                .tracker(
                    RosterTracker(
                        sourceID: "c1", schoolID: "s1", name: "4B", grade: "04", room: "12", period: "1,2",
                        termIDs: ["t1"])),
                .enrollment(
                    RosterEnrollment(
                        trackerID: "c1", personID: "u1", role: .student, isPrimary: false, beginsOn: nil, endsOn: nil,
                        rowID: "e1")),
                .enrollment(
                    RosterEnrollment(
                        trackerID: "c1", personID: "u2", role: .teacher, isPrimary: true, beginsOn: "2026-08-17",
                        endsOn: nil, rowID: "e2")),
            ])
        #expect(pulled.people.map(\.sourceID) == ["u1", "u2", "u6"])
        let zoe = try #require(pulled.people.first)
        #expect(zoe.givenName == "Zoë" && zoe.familyName == "O'Connor" && zoe.number == "00032")
        #expect(zoe.role == .student && zoe.schoolIDs == ["s1"] && zoe.isEnabled)
        #expect(zoe.leavingYear == 2031 && zoe.language == "es")
        #expect(!pulled.people[1].isEnabled)
        #expect(pulled.changes == nil && pulled.removed.isEmpty)
        let summary = try #require(pulled.summary)
        #expect(summary.rows == ["orgs": 3, "academicSessions": 1, "users": 6, "classes": 1, "enrollments": 3])
        #expect(summary.rowsMarkedForDeletion == 3 && summary.rowsRefused == 1 && summary.rowsLeftOut == ["users": 1])
        #expect(summary.origin.format == "OneRoster REST 1.1")
        #expect(summary.origin.system?.hasPrefix("127.0.0.1:") == true)
    }

    @Test func `tells where a row that cannot be taken stands`() async throws {
        let pulled = try await MockService.run(Behaviour()) { try await $0.pulled() }
        let refused = pulled.problems.filter(\.isRefused)
        #expect(refused.map(\.place) == [RosterPlace(file: "users", line: 5)])
        #expect(refused.map(\.subject) == [.person("u5")])
    }

    @Test(arguments: ["1.1", "1.2"])
    func `leaves out rows with a field of a form that is none, and shields whom they are about`(
        version: String
    ) async throws {
        var behaviour = Behaviour(version: version)
        behaviour.lie = "misshapen"
        let pulled = try await MockService.run(behaviour) { try await $0.pulled() }
        // What a version does not read it does not look at: roles in 1.1, orgs in 1.2.
        let isOdd = version == "1.1" ? Array(0...7) : [0, 1, 5, 6, 8, 9]
        #expect(pulled.people.contains { $0.sourceID == "u1" })
        let refused = pulled.problems.filter { $0.isRefused && $0.place.file == "users" }
        #expect(refused.map(\.subject) == isOdd.map { .person("m\($0)") })
    }

    @Test func `of OneRoster 1.2 brings the roles and the preferred names`() async throws {
        var behaviour = Behaviour(version: "1.2")
        behaviour.scope = RosterService.usualScope(of: "1.2")
        let pulled = try await MockService.run(behaviour) { try await $0.pulled() }
        let zoe = try #require(pulled.people.first)
        #expect(zoe.preferredGivenName == "Zo" && zoe.preferredFamilyName == "Connor" && zoe.role == nil)
        let roles = pulled.roles.filter { $0.personID == "u2" }
        #expect(roles.map(\.role) == [.teacher, .otherStaff] && roles.map(\.word) == ["", "principal"])
        #expect(roles.map(\.isPrimary) == [true, false] && roles.map(\.schoolID) == ["s1", "s1"])
        #expect(Set(pulled.records.map(\.key)).count == pulled.records.count)
        // Kai is marked for deletion: no role of his comes.
        #expect(pulled.roles.map(\.personID).contains("u4") == false)
        #expect(pulled.summary?.rows["roles"] == 6)
    }

    @Test func `asks for no password, no phone and no demographics`() async throws {
        let asked = try await MockService.run(Behaviour()) { service in
            _ = try await service.pulled()
            return try await service.log()
        }
        let fields = asked.compactMap { $0.query["fields"] }.joined(separator: ",")
        for word in ["password", "phone", "sms", "agents", "birth", "sex"] { #expect(!fields.contains(word)) }
        #expect(!asked.contains { $0.path.contains("demographics") })
        #expect(asked.filter { $0.path.hasSuffix("/users") }.allSatisfy { $0.query["fields"] != nil })
    }

    @Test func `passes over what comes unasked`() throws {
        let body = #"{"users":[{"sourcedId":"u1","password":"Sesame","phone":{"a":[1]},"sms":"5"}]}"#
        let page = try JSONPage(Array(body.utf8), of: .users)
        let row = try page.row(0, keeping: Set(OneRosterCollection.users.fields(.v1_1)))
        #expect(row == .object(["sourcedId": .text("u1")]))
    }

    @Test func `does without fields where the server does not know them`() async throws {
        let (pulled, asked) = try await MockService.run(Behaviour(refusesFields: true)) { service in
            (try await service.pulled(), try await service.log())
        }
        #expect(pulled.people.count == 3)
        #expect(asked.contains { $0.query["fields"] == nil && $0.path.hasSuffix("/orgs") })
    }

    @Test(arguments: ["count", "x-count", "link", "link, count", "none"])
    func `reads all pages, whether with links, counts or neither`(paging: String) async throws {
        var behaviour = Behaviour(more: 20)
        behaviour.paging = paging
        let (pulled, asked) = try await MockService.run(behaviour) { service in
            (try await service.pulled(pageSize: 5), try await service.log())
        }
        #expect(pulled.people.map(\.sourceID) == ["u1", "u2"] + (0..<20).map { "x\($0)" } + ["u6"])
        #expect(pulled.places.last == RosterPlace(file: "enrollments", line: 2))
        let pages = asked.filter { $0.path.hasSuffix("/users") }.compactMap { $0.query["offset"] }
        #expect(pages == ["0", "5", "10", "15", "20", "25"] + (paging == "none" ? ["26"] : []))
    }

    @Test(arguments: ["count", "link", "none"])
    func `reads all pages of a server that gives fewer rows than asked for`(paging: String) async throws {
        var behaviour = Behaviour(more: 20)
        behaviour.paging = paging
        behaviour.cap = 7
        let pulled = try await MockService.run(behaviour) { try await $0.pulled(pageSize: 1_000) }
        #expect(pulled.people.count == 23)
    }

    @Test func `says how far it is`() async throws {
        let seen = try await MockService.run(Behaviour()) { service in
            var seen: [OneRosterProgress] = []
            var delivered = Delivered()
            _ = try await service.service().pull(into: &delivered) { seen.append($0) }
            return seen
        }
        #expect(seen.filter { $0.collection == "users" }.map(\.rowsRead) == [4, 6])
        #expect(seen.allSatisfy { $0.rowsInAll != nil })
    }

    @Test func `may be held up by who takes the rows, without holding up others`() async throws {
        try await MockService.run(Behaviour()) { mock in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var slow = SlowReceiver()
                        _ = try await mock.service().pull(into: &slow)
                        return slow.count
                    }
                }
                for try await count in group { #expect(count == 9) }
            }
        }
    }
}

/// Blocks its thread for each record until a task of all others' has run.
private struct SlowReceiver: RosterReceiver {
    private(set) var count = 0

    mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws {
        count += 1
        let room = DispatchSemaphore(value: 0)
        Task { room.signal() }
        room.wait()
    }
    mutating func report(_ problem: RosterProblem) throws {}
    mutating func begin(_ changes: RosterChanges) throws {}
    mutating func remove(_ row: RosterRowKey) throws {}
}
