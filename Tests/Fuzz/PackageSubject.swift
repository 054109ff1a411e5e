import Core
import Foundation
import Glibc
import RosterSources

/// The way from a zip to records, whatever its format.
struct PackageSubject: FuzzSubject {
    /// Counts what comes, and looks whether it may.
    private struct Counter: RosterReceiver {
        var kinds: Set<String> = []
        var reasons: Set<String> = []

        mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws {
            guard place.line > 1 else { throw BrokenWord(what: "a record from the header") }
            let kind =
                switch record {
                case .school: "school"
                case .term: "term"
                case .person: "person"
                case .role: "role"
                case .tracker: "tracker"
                case .enrollment: "enrollment"
                }
            kinds.insert(kind)
        }

        mutating func begin(_ changes: RosterChanges) throws { kinds.insert("changes") }

        mutating func remove(_ row: RosterRowKey) throws {
            guard !row.id.isEmpty else { throw BrokenWord(what: "a removal of nothing") }
            kinds.insert("removal")
        }

        mutating func report(_ problem: RosterProblem) throws {
            guard problem.value.count <= 100 else { throw BrokenWord(what: "a value of more than 100 characters") }
            reasons.insert(problem.reason)
        }
    }

    private let path: String
    private let descriptor: Int32

    init(in folder: URL) throws {
        path = folder.appending(path: "package-\(UUID().uuidString).zip").path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw BrokenWord(what: "\(path) cannot be written") }
    }

    func seeds(in corpus: URL) throws -> [[UInt8]] {
        try (samples(beside: corpus) + entries(of: corpus.appending(path: "package"))).map { folder in
            try zip(files(in: folder).map { ($0.name, Array($0.bytes.prefix(2_000))) })
        }
    }

    func mutated(_ input: [UInt8], with others: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
        // A zip that was damaged after it was made mostly shows it at once: the files in it are damaged before too.
        guard Int.random(in: 0..<3, using: &random) > 0, var files = try? members(of: input), !files.isEmpty else {
            return Damage.on(input, with: others, most: 100_000, &random)
        }
        let index = Int.random(in: 0..<files.count, using: &random)
        let all = files.map(\.bytes)
        files[index].bytes = Damage.on(files[index].bytes, with: all, most: 4_000, &random)
        if Int.random(in: 0..<10, using: &random) == 0 {
            files.remove(at: Int.random(in: 0..<files.count, using: &random))
        }
        return (try? zip(files)) ?? input
    }

    mutating func run(_ input: [UInt8], _ random: inout SplitMix64) throws -> Int {
        try put(input)
        var counter = Counter()
        var hasher = Hasher()
        do {
            let formats: [RosterFormat?] = [nil, nil, nil] + RosterFormat.allCases
            let asked = formats[Int.random(in: 0..<formats.count, using: &random)]
            let summary = try RosterPackageReader(PackageArchive(at: path), as: asked).read(into: &counter)
            hasher.combine(summary.format)
        } catch let refused as RosterRefused {
            hasher.combine(refused.reason)
        }
        hasher.combine(counter.kinds)
        hasher.combine(counter.reasons)
        return hasher.finalize()
    }

    func end() { unlink(path) }

    private func members(of input: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
        try put(input)
        let archive = try PackageArchive(at: path)
        return try archive.members.map { member in
            let source = try archive.open(member)
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 8_000)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
                guard count > 0, bytes.count < 100_000 else { break }
                bytes += buffer[..<count]
            }
            return (member.name, bytes)
        }
    }

    private func zip(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        let writer = try ZipWriter(path: path)
        for file in files {
            try writer.begin(file.name)
            try file.bytes.withUnsafeBytes { try writer.write($0) }
        }
        try writer.finish()
        var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return Array(bytes.prefix(max(0, count)))
    }

    private func put(_ input: [UInt8]) throws {
        guard ftruncate(descriptor, 0) == 0,
            input.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == input.count
        else { throw BrokenWord(what: "\(path) cannot be written") }
    }
}
