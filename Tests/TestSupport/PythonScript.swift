package import Foundation

/// A script in Python, in the folder `Server` beside the test; ends with the test.
package final class PythonScript: Sendable {
    private struct Refused: Error, CustomStringConvertible { let description: String }

    private let process: Process
    private let input: FileHandle
    private let lines: AsyncStream<Data>

    /// Starts `Server/<script>.py`, runs the test and stops it again. What it writes to standard error is thrown away where
    /// `isQuiet`.
    package static func run<Result>(
        _ script: String, _ arguments: [String] = [], isQuiet: Bool = false, beside test: String = #filePath,
        _ body: (PythonScript) async throws -> Result
    ) async throws -> Result {
        let running = try PythonScript(script, arguments, isQuiet: isQuiet, beside: test)
        do {
            let result = try await body(running)
            running.stop()
            return result
        } catch {
            running.stop()
            throw error
        }
    }

    private init(_ script: String, _ arguments: [String], isQuiet: Bool, beside test: String) throws {
        let folder = URL(filePath: test).deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent()
        let python =
            ProcessInfo.processInfo.environment["FIRSTBELL_TEST_PYTHON"]
            ?? root.appending(path: ".venv/bin/python").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Refused(description: "\(python) is missing: run bin/setup, or set FIRSTBELL_TEST_PYTHON")
        }
        process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments =
            ["-B", folder.appending(path: "Server/\(script).py").path(percentEncoded: false)] + arguments
        let toScript = Pipe()
        let fromScript = Pipe()
        process.standardInput = toScript
        process.standardOutput = fromScript
        if isQuiet { process.standardError = FileHandle.nullDevice }
        input = toScript.fileHandleForWriting
        let (lines, continuation) = AsyncStream.makeStream(of: Data.self)
        self.lines = lines
        try process.run()
        let output = fromScript.fileHandleForReading
        Thread.detachNewThread {
            var rest = Data()
            while case let bytes = output.availableData, !bytes.isEmpty {
                rest += bytes
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(Data(rest[..<end]))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            continuation.finish()
        }
    }

    /// Hands over one line of JSON and returns the next line that comes back.
    package func ask<Answer: Decodable>(_ wish: some Encodable, for answer: Answer.Type = Answer.self) async throws
        -> Answer
    {
        try input.write(contentsOf: JSONEncoder().encode(wish) + Data([10]))
        return try await next()
    }

    /// The next line of JSON. Throws when the script has ended.
    package func next<Answer: Decodable>(_ answer: Answer.Type = Answer.self) async throws -> Answer {
        try JSONDecoder().decode(Answer.self, from: try await line())
    }

    /// The next line. Throws when the script has ended.
    package func line() async throws -> Data {
        for await line in lines { return line }
        throw Refused(description: "the script has ended")
    }

    /// Writes an empty line.
    package func nudge() throws { try input.write(contentsOf: Data([10])) }

    private func stop() {
        do { try input.close() } catch {
            // It has ended by itself.
        }
        process.waitUntilExit()
    }
}
