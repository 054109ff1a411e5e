import Foundation

/// A script of `Server`, beside the test; ends with it.
final class PythonProcess: Sendable {
    struct Refused: Error, CustomStringConvertible { let description: String }

    private let process: Process
    private let input: FileHandle
    private let lines: AsyncStream<Data>

    init(_ script: String, _ arguments: [String]) throws {
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
        process.arguments =
            ["-B", folder.appending(path: "Server/\(script).py").path(percentEncoded: false)] + arguments
        let toScript = Pipe()
        let fromScript = Pipe()
        process.standardInput = toScript
        process.standardOutput = fromScript
        process.standardError = FileHandle.nullDevice
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

    /// Writes an empty line.
    func nudge() throws { try input.write(contentsOf: Data([10])) }

    /// The next line. Throws when the script has ended.
    func line() async throws -> Data {
        for await line in lines { return line }
        throw Refused(description: "the script has ended")
    }

    func stop() {
        do { try input.close() } catch {
            // It has ended by itself.
        }
        process.waitUntilExit()
    }
}
