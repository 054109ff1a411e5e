import Core
import Foundation
import RosterSources
import Testing

@Suite struct ASpoiledRoster {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    @Test(arguments: ["orgs.csv", "users.csv"]) func `is refused with the name of a missing file`(name: String) throws {
        var roster = Roster()
        roster["manifest.csv"] = nil
        roster[name] = nil
        let refusal = try refusal(of: roster)
        #expect(refusal.value == name)
        #expect(refusal.reason.contains("is missing in the package"))
    }

    @Test(arguments: ["classes.csv", "enrollments.csv"]) func `is taken without trackers, and says so`(name: String)
        throws
    {
        var roster = Roster()
        roster[name] = nil
        let taken = try Taken(of: bench.zip(roster.bytes))
        #expect(taken.people.count == 2)
        #expect(taken.problems.map(\.value) == [name])
        roster[name] = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,title\n"
        #expect(try Taken(of: bench.zip(roster.bytes)).problems.map(\.value) == [name])
    }

    @Test(arguments: [
        ("orgs.csv", "type"), ("users.csv", "sourcedId"), ("users.csv", "role"), ("users.csv", "givenName"),
        ("users.csv", "orgSourcedIds"), ("classes.csv", "schoolSourcedId"), ("enrollments.csv", "userSourcedId"),
        ("academicSessions.csv", "endDate"),
    ]) func `is refused with file and name of a missing column`(file: String, column: String) throws {
        var roster = Roster()
        roster[file] = roster[file]?.replacing(column + ",", with: "other,", maxReplacements: 1)
            .replacing("," + column + ",", with: ",other,", maxReplacements: 1)
        let refusal = try refusal(of: roster)
        #expect(refusal.value == "\(file): \(column)")
        #expect(refusal.place == RosterPlace(file: file, line: 1))
    }

    @Test func `is refused when a file is empty or has column names only`() throws {
        for (text, words) in [("", "is empty"), ("\r\n\n", "is empty"), ("\u{FEFF}", "is empty")] {
            for file in ["users.csv", "classes.csv"] {
                var roster = Roster()
                roster[file] = text
                #expect(try refusal(of: roster).reason.contains(words))
            }
        }
        for file in ["orgs.csv", "users.csv"] {
            var roster = Roster()
            roster[file] = roster[file]?.split(separator: "\n").first.map(String.init)
            #expect(try refusal(of: roster).reason.contains("no rows"))
        }
    }

    @Test(arguments: ["users.csv", "enrollments.csv"])
    func `is refused where a file ends in the middle of a row, and only there`(file: String) throws {
        var roster = Roster()
        let whole = try #require(roster[file])
        let rows = whole.split(separator: "\n").map(String.init)
        let last = try #require(rows.last)
        let half = String(
            last.prefix(last.firstIndex(of: ",").map { last.distance(from: last.startIndex, to: $0) + 3 } ?? 3))
        roster[file] = (rows.dropLast() + [half]).joined(separator: "\n")
        let refusal = try refusal(of: roster)
        #expect(refusal.reason.contains("ends in the middle of a row") && refusal.value == file)
        #expect(refusal.place?.line == rows.count)
        // Whoever leaves empty values at the ends of rows away does so in all of them, or ends the last one.
        roster[file] = whole.split(separator: "\n").joined(separator: "\n")
        _ = try Taken(of: bench.zip(roster.bytes))
        roster[file] = (rows.dropLast() + [half]).joined(separator: "\n") + "\n"
        _ = try Taken(of: bench.zip(roster.bytes))
    }

    @Test func `is refused when the manifest speaks of a file that is not there`() throws {
        var roster = Roster()
        roster["users.csv"] = nil
        roster["manifest.csv"]? += "\nfile.classes,bulk"
        roster["classes.csv"] = nil
        #expect(try refusal(of: roster).value == "users.csv")
        roster["users.csv"] = Roster()["users.csv"]
        #expect(try refusal(of: roster).reason.contains("promises"))
        roster["manifest.csv"]? += "\nfile.classes,delta"
        #expect(try refusal(of: roster).value == "classes.csv")
    }

    @Test func `is read as its files are when the manifest is wrong`() throws {
        var roster = Roster()
        roster["manifest.csv"] = "value , property\r\n ONEROSTER.version ,1.2\rfile.classes,absent\n"
        let taken = try Taken(of: bench.zip(roster.bytes))
        #expect(taken.records.count == 8)
        #expect(taken.summary.version == .v1_1)
        #expect(taken.problems.map(\.value) == ["classes.csv", "1.2"])
    }

    @Test func `is refused when it is version 1_2 without roles`() throws {
        var roster = Roster()
        roster["manifest.csv"] = "oneroster.version,1.2"
        roster["users.csv"] = "sourcedId,username,givenName,familyName\nu1,zoe,Zoë,Ahn"
        #expect(try refusal(of: roster).value == "roles.csv")
    }

    @Test func `says which values were not UTF-8, at most five and never a password`() throws {
        var roster = Roster()
        var bytes = Array("sourcedId,orgSourcedIds,role,username,givenName,familyName,password\n".utf8)
        for number in 0..<9 {
            bytes += Array("u\(number),s1,student,n\(number),Jos".utf8) + [0xE9] + Array(",O".utf8) + [0x92]
            bytes += Array("Malley,S".utf8) + [0xE9] + Array("CRET\n".utf8)
        }
        roster.set("users.csv", bytes: bytes)
        let taken = try Taken(of: bench.zip(roster.bytes))
        #expect(taken.people.count == 9)
        #expect(taken.people.first?.familyName == "O’Malley")
        #expect(taken.problems.map(\.value) == ["José, O’Malley, José, O’Malley, José"])
        #expect(taken.problems.first?.isRefused == false)
    }

    @Test func `is read in UTF-16, with a byte order mark, and with bare carriage returns`() throws {
        let whole = try Taken(of: bench.zip(Roster().bytes)).records
        let text = try #require(Roster()["users.csv"])
        let wide: [UInt8] = text.utf16.flatMap { unit in [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] as [UInt8]
        }
        let returns = Array(text.replacing("\n", with: "\r").utf8)
        for bytes in [[0xFF, 0xFE] + wide, wide, [0xEF, 0xBB, 0xBF] + Array(text.utf8), returns] {
            var roster = Roster()
            roster.set("users.csv", bytes: bytes)
            #expect(try Taken(of: bench.zip(roster.bytes)).records == whole)
        }
    }

    @Test func `is refused with the line of an unclosed quotation mark`() throws {
        var roster = Roster()
        roster["users.csv"]? += "\nu3,,,true,s1,student,\"li,Li,Wu\nu4,,,true,s1,student,al,Al,Ho"
        #expect(try refusal(of: roster).place == RosterPlace(file: "users.csv", line: 4))
    }

    @Test func `loses only the row with a value of a million characters`() throws {
        var roster = Roster()
        roster["users.csv"]? +=
            "\nu3,,,true,s1,student,li,\(String(repeating: "x", count: 1_000_000)),Wu\nu4,,,,s1,student,al,Al,Ho"
        let taken = try Taken(of: bench.folder(roster.bytes))
        #expect(taken.people.map(\.sourceID) == ["u1", "u2", "u4"])
        #expect(taken.problems.map(\.place) == [RosterPlace(file: "users.csv", line: 4)])
        #expect(taken.problems.first?.subject == .person("u3"))
    }

    @Test func `that was altered on the way is refused before its first row`() throws {
        var bytes = try Array(Data(contentsOf: URL(fileURLWithPath: bench.zip(Roster().bytes))))
        let name = try #require(bytes.firstRange(of: Array("users.csv".utf8)))
        bytes[name.upperBound + 60] ^= 1
        let archive = try PackageArchive(at: bench.file(bytes))
        var taken = Taken()
        #expect(throws: RosterRefused.self) { try RosterPackageReader(archive).read(into: &taken) }
        #expect(taken.records.isEmpty)
    }

    private func refusal(of roster: Roster) throws -> RosterRefused {
        let path = try bench.zip(roster.bytes)
        return try #require(#expect(throws: RosterRefused.self) { try Taken(of: path) })
    }
}
