import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import RosterSources
import Synchronization

/// A machine with FirstBell on it: a data folder, a keyring and a free port of its own. All of it goes with the test.
struct Machine: Sendable {
    let folder: String
    let port: Int
    private let started = Started()

    /// Ends what still runs.
    func endAll() async { await started.endAll() }

    var data: String { "\(folder)/data" }
    var keyring: String { "\(folder)/keys" }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Sets a machine up with a key, runs `body` on it, ends what still runs there and clears it away.
    static func open(withKey: Bool = true, _ body: (Machine) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "machine-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let machine = Machine(folder: folder, port: try FreePort.find())
        let result: Result<Void, any Error>
        do {
            if withKey { try await machine.succeed("keys", "create") }
            result = .success(try await body(machine))
        } catch { result = .failure(error) }
        await machine.started.endAll()
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    /// Runs a command to its end.
    @discardableResult
    func run(_ arguments: String..., settings: [String: String] = [:], input: Data? = nil) async throws -> Ended {
        try await start(arguments, settings, input: input).ended()
    }

    /// Runs a command that has to end well.
    @discardableResult
    func succeed(
        _ arguments: String..., settings: [String: String] = [:], input: Data? = nil
    ) async throws -> Ended {
        let ended = try await start(arguments, settings, input: input).ended()
        guard ended.code == 0 else { throw Trouble("\(arguments) ended with \(ended.code): \(ended.errors)") }
        return ended
    }

    /// Starts a command and does not wait for it.
    func begin(_ arguments: String..., settings: [String: String] = [:]) throws -> Program {
        try start(arguments, settings)
    }

    func begin(all arguments: [String], settings: [String: String] = [:]) throws -> Program {
        try start(arguments, settings)
    }

    /// Starts the server and waits until it is ready.
    func serve(settings: [String: String] = [:]) async throws -> Program {
        let server = try start(["serve"], settings)
        try await eventually("the server is ready", within: .seconds(120)) {
            guard server.isRunning else { throw Trouble("the server ended: \(try await server.ended().errors)") }
            return await isReady()
        }
        return server
    }

    /// A roster of invented people in this school year.
    func roster(students: Int, staff: Int = 40, seed: UInt64 = 1) throws -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
        let year = (parts.year ?? 2026) + ((parts.month ?? 1) >= 7 ? 1 : 0)
        let path = "\(folder)/roster-\(students)-\(seed).zip"
        let district = SampleDistrict(seed: seed, staff: staff, students: students, schoolYear: year)
        try district.write(toZip: path)
        return path
    }

    private func isReady() async -> Bool {
        do {
            let answer = try await Browser.client.execute(
                HTTPClientRequest(url: "\(url)/readyz"), timeout: .seconds(20))
            return answer.status == .ok
        } catch { return false }
    }

    private func start(
        _ arguments: [String], _ settings: [String: String], input: Data? = nil
    ) throws -> Program {
        var environment = [
            "PATH": "/usr/bin:/bin", "TMPDIR": folder, "FIRSTBELL_DATA": data, "FIRSTBELL_KEYRING": keyring,
            "FIRSTBELL_LISTEN": "127.0.0.1:\(port)", "FIRSTBELL_TIME_ZONE": "America/Denver",
        ]
        environment.merge(settings) { _, new in new }
        let program = try Program(arguments, environment: environment, folder: folder, input: input)
        started.add(program)
        return program
    }
}

/// What a test has started, to be ended with it.
private final class Started: Sendable {
    private let programs = Mutex<[Program]>([])

    func add(_ program: Program) { programs.withLock { $0.append(program) } }

    func endAll() async {
        for program in programs.withLock({ $0 }) {
            program.signal(SIGKILL)
            await program.wait()
        }
    }
}

/// What went wrong in a test's own preparations.
struct Trouble: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
