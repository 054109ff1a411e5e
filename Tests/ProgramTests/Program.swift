import Foundation
import Glibc

/// The built program, at work.
final class Program: Sendable {
    private let process: Process
    private let output: URL
    private let errors: URL
    private let waiting: Task<Void, Never>

    /// Where the build puts it.
    static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/debug/firstbell")

    /// `input` is what it reads.
    init(
        _ arguments: [String], environment: [String: String], folder: String, path: URL = Program.path,
        input: Data? = nil
    ) throws {
        guard FileManager.default.isExecutableFile(atPath: path.path) else {
            throw Trouble("\(path.path) is missing: run bin/build")
        }
        let name = UUID().uuidString
        // Files rather than pipes: nobody has to read along, and nothing is lost when it is killed.
        output = URL(filePath: "\(folder)/\(name).out")
        errors = URL(filePath: "\(folder)/\(name).err")
        for file in [output, errors] { try Data().write(to: file) }
        process = Process()
        process.executableURL = path
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = try Self.handle(on: input, in: folder)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        waiting = Task { for await _ in ends {} }
        try process.run()
    }

    private static func handle(on input: Data?, in folder: String) throws -> FileHandle {
        guard let input else { return FileHandle.nullDevice }
        let file = URL(filePath: "\(folder)/\(UUID().uuidString).in")
        try input.write(to: file)
        return try FileHandle(forReadingFrom: file)
    }

    var isRunning: Bool { process.isRunning }
    var id: pid_t { process.processIdentifier }

    func signal(_ number: Int32) { if process.isRunning { kill(process.processIdentifier, number) } }

    func wait() async { await waiting.value }

    /// Waits for its end.
    func ended() async throws -> Ended {
        await wait()
        return Ended(
            code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}

/// How a command ended and what it said.
struct Ended: Sendable {
    let code: Int32
    let wasKilled: Bool
    let output: String
    let errors: String

    /// What it said under `--json`: one object a line. Throws for a line that is none.
    func objects() throws -> [[String: String]] {
        try output.split(separator: "\n").map { try JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }
}
