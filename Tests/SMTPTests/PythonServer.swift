import Foundation

/// A mail server in Python, beside the test and on loopback; ends with the test.
final class PythonServer: Sendable {
    struct Refused: Error, CustomStringConvertible { let description: String }

    private let process: Process
    private let input: FileHandle
    private let lines: AsyncStream<Data>

    /// Starts `Server/<script>.py`, runs the test and stops it again.
    static func run<Result>(_ script: String, _ body: (PythonServer) async throws -> Result) async throws -> Result {
        let server = try PythonServer(script)
        do {
            let result = try await body(server)
            server.stop()
            return result
        } catch {
            server.stop()
            throw error
        }
    }

    private init(_ script: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent()
        let python =
            ProcessInfo.processInfo.environment["FIRSTBELL_TEST_PYTHON"]
            ?? root.appending(path: ".venv/bin/python").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Refused(description: "\(python) is missing: run bin/setup, or set FIRSTBELL_TEST_PYTHON")
        }
        process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-B", folder.appending(path: "Server/\(script).py").path(percentEncoded: false)]
        let toServer = Pipe()
        let fromServer = Pipe()
        process.standardInput = toServer
        process.standardOutput = fromServer
        input = toServer.fileHandleForWriting
        let (lines, continuation) = AsyncStream.makeStream(of: Data.self)
        self.lines = lines
        try process.run()
        let output = fromServer.fileHandleForReading
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
    func ask<Answer: Decodable>(_ wish: some Encodable, for answer: Answer.Type = Answer.self) async throws -> Answer {
        try input.write(contentsOf: JSONEncoder().encode(wish) + Data([10]))
        return try await next()
    }

    /// The next line. Throws when the server has ended.
    func next<Answer: Decodable>(_ answer: Answer.Type = Answer.self) async throws -> Answer {
        for await line in lines { return try JSONDecoder().decode(Answer.self, from: line) }
        throw Refused(description: "the server has ended")
    }

    private func stop() {
        do { try input.close() } catch {
            // It has ended by itself.
        }
        process.waitUntilExit()
    }
}
