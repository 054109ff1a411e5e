import Core
import Foundation
import RosterSources

/// A reader under test.
protocol FuzzSubject {
    /// Whole inputs to begin with.
    func seeds(in corpus: URL) throws -> [[UInt8]]
    func mutated(_ input: [UInt8], with others: [[UInt8]], _ random: inout SplitMix64) -> [UInt8]
    /// Reads the input. Returns what kind of outcome it was; throws `BrokenWord` when the reader did what it must not.
    mutating func run(_ input: [UInt8], _ random: inout SplitMix64) throws -> Int
    /// Puts away what it had on disk.
    func end()
}

extension FuzzSubject {
    func end() {}

    func entries(of folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { folder.appending(path: $0) }
    }

    /// The files of a folder, in their order.
    func files(in folder: URL) throws -> [(name: String, bytes: [UInt8])] {
        try entries(of: folder).map { ($0.lastPathComponent, [UInt8](try Data(contentsOf: $0))) }
    }

    /// The first lines of the files of published rosters.
    func sampleTables(beside corpus: URL) throws -> [[UInt8]] {
        try samples(beside: corpus).flatMap { folder in try files(in: folder).map { Array($0.bytes.prefix(400)) } }
    }

    /// The folders of published rosters.
    func samples(beside corpus: URL) throws -> [URL] {
        try entries(
            of: corpus.deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "RosterSourcesTests/Samples"))
    }
}

/// Damages bytes in the ways in which files are damaged, and in those that readers fear.
enum Damage {
    private static let pieces: [[UInt8]] =
        ["\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "\"\n", ",\"", "\",", "é", "\u{FEFF}", "\u{2028}", "="].map {
            Array($0.utf8)
        } + [[0], [0xFF, 0xFE], [0xFE, 0xFF], [0x80], [0xC3], [0xD8, 0x00], [0x00, 0xD8], [0x8D]]

    static func on(_ input: [UInt8], with others: [[UInt8]], most: Int, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<9, using: &random) {
            case 0, 1: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
            case 2: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
            case 4: bytes.removeSubrange(place..<end)
            case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 6: bytes.removeSubrange(place...)
            case 7:
                let other = others[Int.random(in: 0..<others.count, using: &random)]
                let start = Int.random(in: 0...other.count, using: &random)
                bytes.insert(contentsOf: other[start..<min(other.count, start + 60)], at: place)
            default:
                // Once in a while a value or a row beyond every limit.
                guard Int.random(in: 0..<400, using: &random) == 0, place < bytes.count else { break }
                bytes.insert(contentsOf: repeatElement(bytes[place], count: 70_000), at: place)
            }
        }
        return bytes.count > most && Int.random(in: 0..<50, using: &random) > 0 ? Array(bytes.prefix(most)) : bytes
    }
}

/// Bytes from memory, in pieces of random length.
final class RandomPieces: ByteSource {
    private let bytes: [UInt8]
    private var position = 0
    private var random: SplitMix64
    private let longest: Int

    init(_ bytes: [UInt8], longest: Int, seed: UInt64) {
        self.bytes = bytes
        self.longest = longest
        random = SplitMix64(seed: seed)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let wanted = longest == .max ? Int.max : Int.random(in: 1...longest, using: &random)
        let part = bytes[position..<position + min(bytes.count - position, wanted, buffer.count)]
        buffer.copyBytes(from: part)
        position += part.count
        return part.count
    }
}
