import Core
import Foundation
import RosterSources
import Testing

/// Thousands of spoiled inputs from fixed seeds: each is read or refused, and none ends the program.
@Suite struct DamagedInput {
    @Test func `of any bytes is read or refused`() throws {
        let bench = try Workbench()
        var dice = SplitMix64(seed: 1)
        let marks: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [], Array("sourcedId,name,type\n".utf8),
        ]
        let likely = Array("\"\"\",,,\n\r\r\nab".utf8) + [0xC3, 0xA9, 0xD8]
        for round in 0..<600 {
            let noise = (0..<dice.next(below: 300)).map { _ in
                round % 2 == 0 ? likely[dice.next(below: likely.count)] : UInt8(dice.next(below: 256))
            }
            var roster = Roster()
            roster.set(
                ["orgs.csv", "users.csv", "manifest.csv"][round % 3],
                bytes: marks[dice.next(below: marks.count)] + noise)
            try readOrRefuse(bench.path + "/noise", roster)
        }
    }

    @Test func `of a good roster with bits turned over is read or refused`() throws {
        let bench = try Workbench()
        var dice = SplitMix64(seed: 2)
        let names = ["manifest.csv", "orgs.csv", "academicSessions.csv", "users.csv", "classes.csv", "enrollments.csv"]
        for _ in 0..<600 {
            var roster = Roster()
            let name = names[dice.next(below: names.count)]
            var bytes = roster.files[name] ?? []
            for _ in 0..<(1 + dice.next(below: 8)) where !bytes.isEmpty {
                let place = dice.next(below: bytes.count)
                switch dice.next(below: 4) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(UInt8(dice.next(below: 256)), at: place)
                case 2: bytes = Array(bytes[..<max(1, place)])
                default: bytes[place] ^= 1 << dice.next(below: 8)
                }
            }
            roster.set(name, bytes: bytes)
            try readOrRefuse(bench.path + "/turned", roster)
        }
    }

    @Test func `of a good zip with bytes changed is read or refused`() throws {
        let bench = try Workbench()
        var dice = SplitMix64(seed: 3)
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: bench.zip(Roster().bytes))))
        let sound = try Taken(of: bench.zip(Roster().bytes)).records
        let path = bench.path + "/changed.zip"
        for _ in 0..<800 {
            var bytes = whole
            for _ in 0..<(1 + dice.next(below: 3)) {
                bytes[dice.next(below: bytes.count)] = UInt8(dice.next(below: 256))
            }
            if dice.next(below: 5) == 0 { bytes.removeLast(dice.next(below: bytes.count)) }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            var taken = Taken()
            do {
                _ = try RosterPackageReader(PackageArchive(at: path)).read(into: &taken)
                #expect(taken.people.allSatisfy { sound.contains(.person($0)) })
            } catch is RosterRefused {
                #expect(taken.records.isEmpty)
            }
        }
    }

    private func readOrRefuse(_ path: String, _ roster: Roster) throws {
        let writer = try FolderWriter(path: path)
        for file in roster.bytes {
            try writer.begin(file.name)
            try file.bytes.withUnsafeBytes { try writer.write($0) }
        }
        try writer.finish()
        var taken = Taken()
        do {
            _ = try RosterPackageReader(PackageArchive(at: path)).read(into: &taken)
        } catch is RosterRefused {}
        #expect(taken.problems.allSatisfy { $0.value.count <= 100 && !$0.reason.isEmpty })
    }
}
