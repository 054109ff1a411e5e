import Foundation

/// What the command line asks for.
struct FuzzWish {
    private(set) var reader = "csv"
    private(set) var executions = Int.max
    private(set) var duration: Duration = .seconds(60)
    private(set) var seed = UInt64.random(in: 1...999_999)
    /// Where seeds lie: a folder for each reader.
    private(set) var corpus = URL(filePath: "Tests/Fuzz/Corpus")
    private(set) var folder = URL(filePath: ".build/fuzz")
    /// What the reader may take at most, with all that the fuzzer holds, in MiB.
    let memory = 64

    init(_ arguments: some Sequence<String>) throws {
        var rest = Array(arguments)[...]
        while let word = rest.popFirst() {
            switch word {
            case "csv", "list", "package", "bounce": reader = word
            case "--executions":
                (executions, duration) = (try Self.number(&rest), .seconds(86_400))
            case "--seconds":
                duration = .seconds(try Self.number(&rest))
            case "--seed":
                seed = UInt64(try Self.number(&rest))
            default: throw BrokenWord(what: "\(word) means nothing here")
            }
        }
    }

    private static func number(_ rest: inout ArraySlice<String>) throws -> Int {
        guard let number = rest.popFirst().flatMap(Int.init), number >= 0 else {
            throw BrokenWord(what: "a number is missing")
        }
        return number
    }

    func subject() throws -> any FuzzSubject {
        switch reader {
        case "csv": CSVSubject()
        case "list": ListSubject()
        case "bounce": BounceSubject()
        default: try PackageSubject(in: folder)
        }
    }
}

/// The input in hand, in a file that outlives a crash.
final class LastInput {
    let path: String
    private let memory: UnsafeMutableRawPointer
    private let descriptor: Int32

    init(in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "last-\(getpid())").path
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(Self.room)) == 0,
            let memory = mmap(nil, Self.room, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
        else { throw BrokenWord(what: "\(path) cannot be written") }
        self.memory = memory
    }

    /// Its length stands before it.
    func keep(_ input: [UInt8]) {
        let count = min(input.count, Self.room - 8)
        input.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { memory.advanced(by: 8).copyMemory(from: start, byteCount: count) }
        }
        memory.storeBytes(of: UInt64(count), as: UInt64.self)
    }

    /// Nothing went wrong with it.
    func forget() { unlink(path) }

    private static let room = 1 << 20
}
