import Core
import RosterSources
import Testing

@Suite struct AOneRosterPackageOfChanges {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    private func taken(_ files: [String: String]) throws -> Taken {
        try Taken(of: bench.zip(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }))
    }

    private let users = """
        sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName
        u1,active,2026-11-20T08:00:00.000Z,true,s1,student,zoe,Zoë,O'Connor
        u7,tobedeleted,2026-11-20T08:00:00.000Z,true,s1,student,ben,Ben,Ito
        u8,active,2026-11-20T08:00:00.000Z,true,s1,parent,,Ana,Ito
        """

    @Test func `gives changed rows, and the rows that are there no more`() throws {
        let taken = try taken([
            "manifest.csv": "oneroster.version,1.1\nfile.users,delta\nfile.orgs,absent", "users.csv": users,
        ])
        #expect(taken.changes == RosterChanges(wholeKinds: []))
        #expect(taken.people.map(\.sourceID) == ["u1"])
        // Whoever is a parent now is no student any more.
        #expect(taken.removals == [RosterRowKey(.person, "u7"), RosterRowKey(.person, "u8")])
        #expect(taken.problems.isEmpty)
    }

    @Test func `may have some files whole`() throws {
        let taken = try taken([
            "manifest.csv": "oneroster.version,1.1\nfile.users,delta\nfile.orgs,bulk", "users.csv": users,
            "orgs.csv": "sourcedId,name,type\ns1,Birch School,school\ns2,Elm School,school",
        ])
        #expect(taken.changes == RosterChanges(wholeKinds: [.school]))
        #expect(taken.schools.map(\.sourceID) == ["s1", "s2"])
    }

    @Test func `of version 1_2 needs no roles, and names a role by its own id`() throws {
        let people = "sourcedId,status,enabledUser,username,givenName,familyName\nu1,active,true,zoe,Zoë,Ahn"
        let alone = try taken([
            "manifest.csv": "oneroster.version,1.2\nfile.users,delta\nfile.roles,absent", "users.csv": people,
        ])
        #expect(alone.people.map(\.role) == [nil] && alone.summary.version == .v1_2)
        let roles = """
            sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
            r1,active,,u1,primary,teacher,,,s1
            r2,tobedeleted,,u1,secondary,student,,,s1
            """
        let both = try taken(["manifest.csv": "oneroster.version,1.2\nfile.roles,delta", "roles.csv": roles])
        #expect(both.records.map(\.key) == [RosterRowKey(.role, "r1")])
        #expect(both.removals == [RosterRowKey(.role, "r2")])
    }

    @Test func `may hold nothing but its manifest: nothing has changed`() throws {
        let taken = try taken(["manifest.csv": "propertyName,value\noneroster.version,1.1\nfile.users,absent"])
        #expect(taken.changes == RosterChanges(wholeKinds: []) && taken.records.isEmpty && taken.removals.isEmpty)
    }

    @Test func `refuses a removal without an id, and takes the others`() throws {
        let taken = try taken([
            "manifest.csv": "oneroster.version,1.1\nfile.users,delta",
            "users.csv": users + "\n,tobedeleted,,,,student,x,X,Y",
        ])
        #expect(taken.problems.map(\.place.line) == [5] && taken.problems.allSatisfy(\.isRefused))
        #expect(taken.removals.count == 2)
    }
}
