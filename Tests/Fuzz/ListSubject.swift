import Core
import Foundation
import RosterSources

/// The way from a list of any form to students, and to addresses.
struct ListSubject: FuzzSubject {
    /// Keeps what comes, and looks whether it may.
    private struct Keeper: RosterReceiver, Equatable {
        let school: RosterSchool
        var records: [RosterRecord] = []
        var problems: [RosterProblem] = []
        private var known: Set<String> = []

        init(_ school: RosterSchool) { self.school = school }

        mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws {
            switch record {
            case .school(let school):
                guard records.isEmpty, school == self.school else { throw BrokenWord(what: "another school") }
            case .person(let person):
                guard person.role == .student, person.schoolIDs == [school.sourceID], !person.sourceID.isEmpty,
                    !person.givenName.isEmpty || !person.familyName.isEmpty
                else { throw BrokenWord(what: "a student who is none") }
                known.insert("student \(person.sourceID)")
            case .tracker(let tracker):
                guard tracker.schoolID == school.sourceID, known.insert("tracker \(tracker.sourceID)").inserted else {
                    throw BrokenWord(what: "a tracker again")
                }
            case .enrollment(let enrollment):
                guard known.contains("student \(enrollment.personID)"),
                    known.contains("tracker \(enrollment.trackerID)")
                else { throw BrokenWord(what: "a place of nobody or nowhere") }
            case .term, .role: throw BrokenWord(what: "a record that no list has")
            }
            records.append(record)
        }

        mutating func begin(_ changes: RosterChanges) throws { throw BrokenWord(what: "changes, which no list has") }

        mutating func remove(_ row: RosterRowKey) throws { throw BrokenWord(what: "a removal, which no list has") }

        mutating func report(_ problem: RosterProblem) throws {
            guard problem.value.count <= 100 else { throw BrokenWord(what: "a value of more than 100 characters") }
            problems.append(problem)
        }
    }

    private enum Outcome: Equatable {
        case read(StudentListShape, Keeper)
        case refused(RosterRefused)
    }

    func seeds(in corpus: URL) throws -> [[UInt8]] {
        try ["list", "csv"].flatMap { try files(in: corpus.appending(path: $0)).map(\.bytes) }
            + sampleTables(beside: corpus)
    }

    func mutated(_ input: [UInt8], with others: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
        Damage.on(input, with: others, most: 1_000, &random)
    }

    mutating func run(_ input: [UInt8], _ random: inout SplitMix64) throws -> Int {
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        // Half of the lists are read as somebody says that they are, whatever that is.
        let says = seed & 1 == 0
        let whole = try outcome(of: input, longest: .max, seed: seed, says: says)
        let pieces = try outcome(of: input, longest: 1 + Int(seed % 7), seed: seed, says: says)
        guard whole == pieces else { throw BrokenWord(what: "the same bytes in other pieces are other students") }
        try readAddresses(input, seed: seed)
        return kind(of: whole)
    }

    private func outcome(of input: [UInt8], longest: Int, seed: UInt64, says: Bool) throws -> Outcome {
        var random = SplitMix64(seed: seed)
        var keeper = Keeper(RosterSchool(sourceID: "s1", name: "Birch School", kind: "school", parentID: nil))
        do {
            let list = try StudentListFile(named: "x.csv") { RandomPieces(input, longest: longest, seed: seed) }
            var shape = says ? list.shape(hasHeader: Bool.random(using: &random)) : list.shape
            try check(shape)
            if says {
                let all = StudentListMeaning.allCases
                let meanings = shape.columns.map { _ in all[Int.random(in: 0..<all.count, using: &random)] }
                shape = shape.saying(meanings) ?? shape
            }
            let counts = try list.read(as: shape, in: keeper.school, into: &keeper)
            guard counts.read <= input.count, counts.refused == keeper.problems.count(where: \.isRefused) else {
                throw BrokenWord(what: "rows that are counted wrongly")
            }
            return .read(shape, keeper)
        } catch let refused as RosterRefused {
            // A quotation mark that is never closed shows after rows that were taken; whoever stores them drops those.
            return .refused(refused)
        }
    }

    private func check(_ shape: StudentListShape) throws {
        guard shape.columns.allSatisfy({ $0.examples.count <= 3 && (!$0.meaning.isUnread || $0.examples.isEmpty) })
        else {
            throw BrokenWord(what: "examples that nobody may see")
        }
        guard let again = StudentListShape(encoded: shape.encoded), again.encoded == shape.encoded,
            shape.taking(again)?.columns.map(\.meaning) == shape.columns.map(\.meaning)
        else { throw BrokenWord(what: "a shape that was written down is another") }
    }

    private func readAddresses(_ input: [UInt8], seed: UInt64) throws {
        do {
            let list = try AddressListFile(named: "x.csv") { RandomPieces(input, longest: .max, seed: seed) }
            while let row = try list.next() {
                guard row.fault != nil || AddressFault.of(row.address) == nil && !row.named.isEmpty else {
                    throw BrokenWord(what: "an address that is none")
                }
            }
        } catch is RosterRefused {}
    }

    /// Outcomes that differ in what happened count as different, not those that differ in values.
    private func kind(of outcome: Outcome) -> Int {
        var hasher = Hasher()
        switch outcome {
        case .refused(let refused): hasher.combine(refused.reason)
        case .read(let shape, let keeper):
            hasher.combine(shape.delimiter)
            hasher.combine(shape.hasHeader)
            hasher.combine(shape.columns.prefix(6).map(\.meaning))
            hasher.combine(min(keeper.records.count, 6))
            hasher.combine(Set(keeper.problems.map(\.reason)))
        }
        return hasher.finalize()
    }
}
