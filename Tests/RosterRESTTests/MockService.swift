import AsyncHTTPClient
import Core
import Foundation
import RosterREST
import RosterSources
import Synchronization
import TestSupport

/// How the service behaves, as its script reads it.
struct Behaviour: Encodable {
    var version = "1.1"
    var auth = "oauth2"
    var id = "birch school"
    var secret = "s3cret/&+ü"
    var scope = ""
    /// What time it is there, in seconds.
    var now = Int(World.start.milliseconds / 1_000)
    var more = 0
    var paging = "count"
    var cap: Int?
    var lie: String?
    var about = "users"
    var refusesFields = false
    var tokens: Int?
    var requestsPerToken: Int?
    var expiresIn: Int?
    var certificate: String?
    var privateKey: String?
}

/// A request as the service saw it.
struct Asked: Decodable {
    let path: String
    let form: String
    let query: [String: String]
    let marks: [String]
}

/// A moment that passes only as far as somebody sleeps.
final class World: Sendable {
    static let start = Timestamp(milliseconds: 1_795_780_800_000)
    private let state = Mutex((now: World.start, slept: [Duration](), nonces: 0))

    var slept: [Duration] { state.withLock { $0.slept } }

    func surroundings(nonce: String? = nil) -> Surroundings {
        Surroundings(
            clock: Clock { [self] in state.withLock { $0.now } },
            sleep: { [self] wait in
                state.withLock {
                    $0.slept.append(wait)
                    $0.now = $0.now + .seconds(Int(wait.components.seconds))
                }
            },
            random: { 0.5 },
            nonce: { [self] in
                state.withLock {
                    $0.nonces += 1
                    return nonce ?? "nonce\($0.nonces)"
                }
            })
    }

    func pass(_ span: Span) { state.withLock { $0.now = $0.now + span } }
}

private struct Ready: Decodable { let port: Int }

/// A OneRoster service that runs for one test.
struct MockService {
    let world = World()
    let behaviour: Behaviour
    let port: Int
    private let script: PythonScript
    private let client: HTTPClient

    static func run<Result>(
        _ behaviour: Behaviour, configuration: HTTPClient.Configuration = .rosters,
        _ body: (MockService) async throws -> Result
    ) async throws -> Result {
        let settings = String(decoding: try JSONEncoder().encode(behaviour), as: UTF8.self)
        return try await PythonScript.run("oneroster_server", [settings], isQuiet: true) { script in
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            let result: Swift.Result<Result, any Error>
            do {
                let ready = try await script.next(Ready.self)
                result = .success(
                    try await body(
                        MockService(behaviour: behaviour, port: ready.port, script: script, client: client)))
            } catch { result = .failure(error) }
            try await client.shutdown()
            return try result.get()
        }
    }

    /// What was asked so far.
    func log() async throws -> [Asked] {
        try script.nudge()
        return try await script.next()
    }

    func service(
        secret: String? = nil, pageSize: Int = 4, tries: Int = 4, host: String = "127.0.0.1", nonce: String? = nil
    ) throws -> OneRosterService {
        let scheme = behaviour.certificate == nil ? "http" : "https"
        let origin = "\(scheme)://\(host):\(port)"
        let path = behaviour.version == "1.1" ? "/ims/oneroster/v1p1" : "/ims/oneroster/rostering/v1p2"
        let secret = Redacted(secret ?? behaviour.secret)
        return OneRosterService(
            connection: try OneRosterConnection(
                base: origin + path, version: behaviour.version == "1.1" ? .v1_1 : .v1_2,
                authorization: behaviour.auth == "oauth1"
                    ? .oauth1(key: behaviour.id, secret: secret)
                    : .oauth2(
                        token: origin + "/token", id: behaviour.id, secret: secret,
                        scope: behaviour.scope.isEmpty ? nil : behaviour.scope),
                pageSize: pageSize, tries: tries),
            client: client, surroundings: world.surroundings(nonce: nonce))
    }

    func service(with connection: OneRosterConnection) -> OneRosterService {
        OneRosterService(connection: connection, client: client, surroundings: world.surroundings())
    }

    /// All that a pull hands over.
    func pulled(
        since: Timestamp? = nil, secret: String? = nil, pageSize: Int = 4, tries: Int = 4
    ) async throws -> Delivered {
        var delivered = Delivered()
        let service = try service(secret: secret, pageSize: pageSize, tries: tries)
        delivered.summary = try await service.pull(since: since, into: &delivered)
        return delivered
    }
}

/// All that a service handed over.
struct Delivered: RosterReceiver {
    var summary: RosterSummary?
    private(set) var records: [RosterRecord] = []
    private(set) var places: [RosterPlace] = []
    private(set) var problems: [RosterProblem] = []
    private(set) var changes: RosterChanges?
    private(set) var removed: [RosterRowKey] = []
    private(set) var cameFirst = true

    var people: [RosterPerson] {
        records.compactMap { if case .person(let person) = $0 { person } else { nil } }
    }
    var roles: [RosterRole] {
        records.compactMap { if case .role(let role) = $0 { role } else { nil } }
    }

    mutating func receive(_ record: RosterRecord, at place: RosterPlace) throws {
        records.append(record)
        places.append(place)
    }
    mutating func report(_ problem: RosterProblem) throws { problems.append(problem) }
    mutating func begin(_ changes: RosterChanges) throws {
        cameFirst = records.isEmpty && problems.isEmpty && removed.isEmpty
        self.changes = changes
    }
    mutating func remove(_ row: RosterRowKey) throws { removed.append(row) }
}

/// Why a pull was refused; nil where it was not.
func refusal<Result>(
    of behaviour: Behaviour, configuration: HTTPClient.Configuration = .rosters,
    _ body: (MockService) async throws -> Result
) async throws -> RosterRefused? {
    do {
        _ = try await MockService.run(behaviour, configuration: configuration, body)
        return nil
    } catch let error as RosterRefused { return error }
}
