import Core
import RosterSources
import Testing

@Suite struct AOneRosterPackage {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    @Test func `of version 1_1 gives schools, terms, people, trackers and enrollments in this order`() throws {
        for isZip in [true, false] {
            let taken = try read(Roster(), isZip: isZip)
            #expect(
                taken.records == [
                    .school(RosterSchool(sourceID: "d", name: "Lindenau", kind: "district", parentID: nil)),
                    .school(RosterSchool(sourceID: "s1", name: "Birch School", kind: "school", parentID: "d")),
                    .term(RosterTerm(sourceID: "t1", beginsOn: "2026-08-17", endsOn: "2027-06-12")),
                    .person(
                        RosterPerson(
                            sourceID: "u1", role: .student, schoolIDs: ["s1"], username: "zoe", givenName: "Zoë",
                            familyName: "O'Connor", number: "00032", address: "zoe@birch.example", grade: "04")),
                    .person(
                        RosterPerson(
                            sourceID: "u2", role: .teacher, schoolIDs: ["s1", "d"], username: "",
                            givenName: "Ana Sofía",
                            familyName: "de la Cruz", isEnabled: false)),
                    .tracker(
                        RosterTracker(
                            sourceID: "c1", schoolID: "s1", name: "4B", grade: "04", room: "12", period: "1",
                            termIDs: ["t1", "t2"])),
                    .enrollment(RosterEnrollment(trackerID: "c1", personID: "u1", role: .student, rowID: "e1")),
                    .enrollment(
                        RosterEnrollment(
                            trackerID: "c1", personID: "u2", role: .teacher, isPrimary: true, beginsOn: "2026-08-17",
                            rowID: "e2")),
                ])
            #expect(taken.problems.isEmpty)
            #expect(taken.summary.version == .v1_1)
            #expect(taken.summary.systemName == "Sample SIS")
            #expect(taken.summary.rows["users.csv"] == 2)
        }
    }

    @Test func `of version 1_2 gives roles in rows of their own`() throws {
        var roster = Roster()
        roster["manifest.csv"] = "propertyName,value\noneroster.version,1.2\nfile.roles,bulk\n"
        roster["users.csv"] = """
            sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,preferredGivenName,primaryOrgSourcedId
            u1,,,true,zoe,{LDAP:1},Zoë,Ahn,Zo,s1
            """
        roster["roles.csv"] = """
            sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
            r1,,,u1,primary,student,2026-08-01,2027-07-31,s1
            r2,,,u1,secondary,guardian,,,s1,
            r3,,,u9,primary,districtAdministrator,,,d,
            """
        let taken = try read(roster)
        #expect(taken.summary.version == .v1_2)
        #expect(
            taken.people == [
                RosterPerson(
                    sourceID: "u1", role: nil, schoolIDs: ["s1"], username: "zoe", givenName: "Zoë", familyName: "Ahn",
                    preferredGivenName: "Zo")
            ])
        #expect(
            taken.records.contains(
                .role(
                    RosterRole(
                        personID: "u1", schoolID: "s1", role: .student, isPrimary: true, beginsOn: "2026-08-01",
                        endsOn: "2027-07-31", rowID: "r1"))))
        let kinds: [RosterRoleKind] = taken.records.compactMap { record in
            guard case .role(let role) = record else { return nil }
            return role.role
        }
        #expect(kinds == [.student, .nobody, .otherStaff])
        #expect(taken.summary.rows["roles.csv"] == 3)
        #expect(taken.problems.isEmpty)
    }

    @Test func `without a manifest is version 1_0`() throws {
        var roster = Roster()
        roster["manifest.csv"] = nil
        #expect(try read(roster).summary.version == .v1_0)
    }

    @Test func `may name its columns in any order and case, and as they are seen in the wild`() throws {
        var roster = Roster()
        roster["users.csv"] = """
             GivenName ,FAMILYNAME,role,role,orgs,userName,sourceId,grade,EnabledUser,metadata.homeLanguage,metadata.grad_year,ext_x
            Li,Wu,,Student,"[s1, d]",li,u1,"10,11",True,Spanish,2031,?
            """
        let taken = try read(roster)
        #expect(
            taken.people == [
                RosterPerson(
                    sourceID: "u1", role: .student, schoolIDs: ["s1", "d"], username: "li", givenName: "Li",
                    familyName: "Wu", grade: "10,11", leavingYear: 2031, language: "es")
            ])
        #expect(taken.problems.map(\.reason.first) == ["M"])
        #expect(taken.problems.first?.value == "role")
    }

    @Test(arguments: [";", "\t"]) func `may be separated by semicolons or tabs`(delimiter: String) throws {
        var roster = Roster()
        roster["users.csv"] = roster["users.csv"]?.replacing("\"s1,d\"", with: "s1").replacing(",", with: delimiter)
        #expect(try read(roster).people.count == 2)
    }

    @Test func `never gives passwords, phones, birthdays or relatives`() throws {
        var roster = Roster()
        roster["users.csv"] = """
            sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,password,sms,phone,agentSourcedIds,birthDate
            u1,true,s1,student,zoe,Zoë,Ahn,SECRET1,SECRET2,SECRET3,SECRET4,SECRET5
            u2,true,s1,student,"bad name",Al,Ho,SECRET1,SECRET2,SECRET3,SECRET4,SECRET5
            u3,true,s1,nonsense,x,Al,Ho,SECRET1,SECRET2,SECRET3,SECRET4,SECRET5
            """
        roster["demographics.csv"] = "sourcedId,birthDate\nu1,SECRET6\n"
        roster["userProfiles.csv"] = "sourcedId,password\nu1,SECRET7\n"
        let taken = try read(roster)
        #expect(taken.people.count == 2)
        #expect(!String(reflecting: taken).contains("SECRET"))
        #expect(taken.summary.unreadFiles == ["demographics.csv", "userProfiles.csv"])
        #expect(taken.problems.contains { $0.place.file == "demographics.csv" && !$0.isRefused })
    }

    @Test func `leaves out parents, aides and what is marked for deletion`() throws {
        var roster = Roster()
        roster["users.csv"]? +=
            "\nu3,,,true,s1,parent,p,Pa,Ho\nu4,tobedeleted,,true,s1,student,p,Pa,Ho\nu5,Inactive,,true,s1,student,p,Pa,Ho"
        roster["enrollments.csv"]? += "\ne3,,,c1,s1,u2,aide,,,\n"
        let taken = try read(roster)
        #expect(taken.people.map(\.sourceID) == ["u1", "u2"])
        #expect(taken.summary.rowsLeftOut == ["users.csv": 1, "enrollments.csv": 1])
        #expect(taken.summary.rowsMarkedForDeletion == 2)
        #expect(taken.problems.isEmpty)
    }

    @Test func `says how far reading has come`() throws {
        let archive = try PackageArchive(at: bench.zip(Roster().bytes))
        var taken = Taken()
        var seen: [RosterProgress] = []
        _ = try RosterPackageReader(archive).read(into: &taken) { seen.append($0) }
        #expect(seen.map(\.bytesRead) == seen.map(\.bytesRead).sorted())
        #expect(seen.last?.bytesRead == seen.last?.bytesInAll)
    }

    private func read(_ roster: Roster, isZip: Bool = true) throws -> Taken {
        try Taken(of: isZip ? bench.zip(roster.bytes) : bench.folder(roster.bytes))
    }
}
