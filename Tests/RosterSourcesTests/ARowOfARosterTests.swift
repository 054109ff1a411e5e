import Core
import RosterSources
import Testing

@Suite struct ARowOfARoster {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    @Test(arguments: [
        (",,,true,s1,student,x,Al,Ho,,", "The id is empty", ""),
        ("1.23E+11,,,true,s1,student,x,Al,Ho,,", "by a spreadsheet", "1.23E+11"),
        ("u9,,,true,s1,wizard,x,Al,Ho,,", "none that FirstBell knows", "wizard"),
        ("u9,,,true,s1,student,x,,,,", "has no name", ""),
        ("u9,,,true,s1,student,x,A\u{7}l,Ho,,", "control characters", "Al"),
        ("u9,,,true,s1,student,x,Al,Ho\u{FFFD},,", "are lost", "Ho\u{FFFD}"),
        ("u9,,,true,s1,student,x,Al,Ho, III,,,,5", "more values than there are columns", "5"),
        ("u9,,,true,s1,student,x,\"Al\" y,Ho,,", "in the middle of a value", ""),
    ]) func `is left out with its line and the reason, the rest is taken`(row: String, reason: String, value: String)
        throws
    {
        let taken = try read(adding: row)
        #expect(taken.people.map(\.sourceID) == ["u1", "u2", "last"])
        #expect(taken.problems.count == 1)
        let problem = try #require(taken.problems.first)
        #expect(problem.isRefused)
        #expect(problem.reason.contains(reason))
        #expect(problem.value == value)
        #expect(problem.place == RosterPlace(file: "users.csv", line: 4))
        #expect(
            problem.subject == (row.hasPrefix("u9") ? .person("u9") : .somebody))
        #expect(taken.summary.rowsRefused == 1)
    }

    @Test(arguments: [
        ("u9,,,true,s1,student,x,Al,Ho,,zoe at home,", "not a mail address", "zoe at home"),
        ("u9,,,true,s1,student,al ho,Al,Ho,,,", "cannot be used", "al ho"),
        ("u9,,,perhaps,s1,student,x,Al,Ho,,,", "not true or false", "perhaps"),
        ("u9,sleeping,,true,s1,student,x,Al,Ho,,,", "status", "sleeping"),
        ("u9,,,true,s1,student,x,Al,Ho,1.23E+11,,", "number", "1.23E+11"),
    ]) func `is taken with a warning when a lesser value is bad`(row: String, reason: String, value: String) throws {
        let taken = try read(adding: row)
        #expect(taken.people.map(\.sourceID) == ["u1", "u2", "u9", "last"])
        let problem = try #require(taken.problems.first)
        #expect(taken.problems.count == 1)
        #expect(!problem.isRefused)
        #expect(problem.reason.contains(reason))
        #expect(problem.value == value)
        #expect(problem.subject == .person("u9"))
        #expect(problem.place.line == 4)
    }

    @Test func `may be short or end in empty values`() throws {
        #expect(try read(adding: "u9,,,true,s1,student,x,Al,Ho").people.count == 4)
        let taken = try read(adding: "u9,,,true,s1,student,x,Al,Ho,,,,,, ,\"\"")
        #expect(taken.people.count == 4)
        #expect(taken.problems.isEmpty)
    }

    @Test func `is handed over as often as it stands there, each with its line`() throws {
        let taken = try read(adding: "u1,,,true,s1,student,x,Other,Person")
        #expect(taken.people.map(\.sourceID) == ["u1", "u2", "u1", "last"])
        #expect(taken.places.filter { $0.file == "users.csv" }.map(\.line) == [2, 3, 4, 5])
    }

    @Test func `of a tracker takes the class code where the title is empty`() throws {
        var roster = Roster()
        roster["classes.csv"]? += "\nc2,,,,04,k1,CODE,homeroom,,s1,,,,\nc3,,,,04,k1,,homeroom,,s1,,,,\n"
        roster["academicSessions.csv"]? += "\nt9,,,Odd,term,soon,2027-06-12,,2027\n"
        let taken = try Taken(of: bench.zip(roster.bytes))
        #expect(
            taken.records.contains(.tracker(RosterTracker(sourceID: "c2", schoolID: "s1", name: "CODE", grade: "04"))))
        #expect(taken.records.contains(.term(RosterTerm(sourceID: "t9", beginsOn: nil, endsOn: "2027-06-12"))))
        #expect(taken.problems.map(\.subject) == [.term("t9"), .tracker("c3")])
        #expect(taken.problems.map(\.isRefused) == [false, true])
    }

    @Test func `warns once for names that were garbled before the export`() throws {
        let taken = try read(adding: "u9,,,true,s1,student,x,JosÃ©,MuÃ±oz\nu8,,,true,s1,student,y,ZoÃ«,Ho")
        #expect(taken.problems.map(\.value) == ["JosÃ©, MuÃ±oz, ZoÃ«"])
        #expect(taken.people.contains { $0.givenName == "JosÃ©" })
    }

    private func read(adding row: String) throws -> Taken {
        var roster = Roster()
        roster["users.csv"]? += "\n\(row)\nlast,,,true,s1,student,last,La,St\n"
        return try Taken(of: bench.zip(roster.bytes))
    }
}
