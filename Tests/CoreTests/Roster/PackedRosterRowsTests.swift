import Testing

@testable import Core

@Suite struct ThePackedRowsOfARoster {
    private static let place = RosterPlace(file: "users.csv", line: 70_000)
    private static let items: [RosterItem] = [
        .record(.school(RosterSchool(sourceID: "oak", name: "Oak", kind: "school", parentID: nil)), place),
        .record(.term(RosterTerm(sourceID: "fall", beginsOn: "2026-08-20", endsOn: nil)), place),
        .record(
            .person(
                RosterPerson(
                    sourceID: "s-zoe", role: .student, schoolIDs: ["oak", "elm"], username: "", givenName: "Zoë 🦉",
                    familyName: "", preferredGivenName: "Zo", number: "00032", address: "zoe@example.org",
                    grade: "04", leavingYear: 2031, language: "es", isEnabled: false)), place),
        .record(
            .person(
                RosterPerson(sourceID: "t", role: nil, schoolIDs: [], username: "t", givenName: "T", familyName: "M")),
            place),
        .record(
            .role(
                RosterRole(
                    personID: "t", schoolID: "oak", role: .otherStaff, word: "principal", isPrimary: true,
                    grade: "12", beginsOn: "2026-08-01", endsOn: "2027-07-31", rowID: "r1")), place),
        .record(
            .tracker(
                RosterTracker(sourceID: "4b", schoolID: "oak", name: "4B", room: "12", termIDs: ["fall", "spring"])),
            place),
        .record(.enrollment(RosterEnrollment(trackerID: "4b", personID: "s-zoe", role: .student)), place),
        .problem(RosterProblem(place: place, isRefused: false, reason: "Look at {value}.", value: "x\u{1e}\u{1f}")),
        .problem(RosterProblem(place: place, reason: "No.", subject: .somebody)),
        .problem(RosterProblem(place: place, reason: "No.", subject: .place(person: "a", tracker: "b"))),
        .problem(RosterProblem(place: place, reason: "No.", row: RosterRowKey(.role, "r1"))),
        .problem(RosterProblem(place: place, reason: "No.", subject: .person("a"), row: RosterRowKey(.role, "r1"))),
    ]

    private func packed(_ items: [RosterItem]) -> [UInt8] {
        var rows = PackedRosterRows()
        for item in items { rows.add(item) }
        return rows.bytes
    }

    private func unpacked(_ bytes: [UInt8]) throws -> [RosterItem] {
        var reader = PackedRosterReader(bytes)
        var items: [RosterItem] = []
        while let item = try reader.next() { items.append(item) }
        return items
    }

    @Test func `are read as they were`() throws {
        let bytes = packed(Self.items)
        #expect(try unpacked(bytes) == Self.items)
        #expect(try unpacked([]) == [])
        let small = Deflated.pack(bytes)
        #expect(Deflated.unpack(small) == bytes)
        #expect(Deflated.unpack(Deflated.pack([])) == [])
    }

    @Test func `never bring the program down, whatever became of them`() throws {
        let bytes = packed(Self.items)
        let small = Deflated.pack(bytes)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var (damaged, squeezed) = (bytes, small)
            damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            damaged.removeLast(Int.random(in: 0...3, using: &random))
            _ = try? unpacked(damaged)
            squeezed[Int.random(in: 0..<small.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            if let whole = Deflated.unpack(squeezed) { _ = try? unpacked(whole) }
        }
        #expect(Deflated.unpack([255, 255, 255, 255, 1]) == nil)
        #expect(Deflated.unpack([]) == nil)
    }
}
