internal import Storage

/// For work in the background: while the database is away it waits, and then goes on as if nothing had been.
///
/// What was not done is done again; of a commit nobody may know whether it was done: what bears that insists.
struct PatientDatabase: Database {
    private let database: any Database

    init(_ database: any Database) { self.database = database }

    var step: Duration { database.step }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await waiting { try await database.read(body) } }

    @discardableResult
    func write<Result: Sendable>(
        at isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await waiting { try await database.write(at: isolation, body) } }

    /// Does it as soon as the database is there. Throws `CancellationError` when its task is cancelled meanwhile.
    func waiting<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        while true {
            do { return try await work() } catch StorageError.away {
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }
}

extension Database {
    /// Runs as one transaction what may be done twice: where nobody knows whether its commit was done, it is done again.
    @discardableResult
    func insist<Result: Sendable>(
        at isolation: Isolation = .serializable, _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        while true {
            do { return try await write(at: isolation, body) } catch StorageError.commitUnknown {}
        }
    }
}
