import Core
import Foundation
import Logging
import Storage
import StoragePostgreSQL

/// The PostgreSQL database that the settings name, for several servers beside each other.
enum DatabaseServer {
    /// Connects, looks whether the server will do, and brings the schema up to date; of several servers that start at once
    /// one does that. Throws a `Refusal` that says what is wrong and what to do.
    static func open(_ address: PostgreSQLAddress, clock: Clock, logger: Logger) async throws -> PostgreSQLDatabase {
        let migrations = try Schema.required()
        try await look(at: address)
        let database = PostgreSQLDatabase(
            address, isWatched: true,
            onChange: { reason in
                if let reason {
                    logger.error("the database is away", metadata: ["reason": "\(reason)"])
                } else {
                    logger.notice("the database is back")
                }
            })
        do {
            try await database.migrate(migrations, now: clock.now().milliseconds)
            try await database.write { try $0.makeIndexesLeftOut() }
            return database
        } catch MigrationRefused.newer(let found, let known) {
            throw Refusal.newerSchema(found: found, known: known)
        } catch let error as StorageError {
            throw Refusal(address.complaint(about: error))
        }
    }
}

extension DatabaseServer {
    /// Before anybody watches over it: what cannot work at all is said once, in one sentence.
    private static func look(at address: PostgreSQLAddress) async throws {
        let database = PostgreSQLDatabase(address, connections: 1)
        defer { try? database.close() }
        do {
            if let obstacle = try await database.facts().obstacle {
                throw Refusal("\(address), will not do: \(obstacle)")
            }
        } catch let error as StorageError { throw Refusal(address.complaint(about: error)) }
    }
}

extension RosterStagingStore {
    /// One schema a plan, on the same server: whichever server reads a roster, another may apply it.
    static func schemas(of database: PostgreSQLDatabase) -> RosterStagingStore {
        RosterStagingStore(
            open: { id in
                let schema = try await database.schema(name(id), connections: 2)
                try await schema.migrate(Schema.staging(), now: 0)
                return schema
            }, remove: { try await database.dropSchema(name($0)) })
    }

    private static func name(_ id: ID<RosterSync>) -> String { "firstbell roster \(id)" }
}

extension Settings {
    /// nil for the embedded database. Throws a `Refusal` for an address or a password file that cannot be read.
    func databaseAddress() throws -> PostgreSQLAddress? {
        guard let databaseURL else { return nil }
        return try PostgreSQLAddress(
            url: databaseURL, named: "FIRSTBELL_DATABASE_URL", passwordFile: databasePasswordFile,
            named: "FIRSTBELL_DATABASE_PASSWORD_FILE")
    }
}

extension PostgreSQLAddress {
    /// Throws a `Refusal` with the names under which address and password file were given.
    init(url: String, named name: String, passwordFile: String?, named passwordName: String) throws {
        let password = try passwordFile.map { try SecretFile.read($0, named: passwordName) }
        do { try self.init(url: url, password: password) } catch let error as StorageError {
            throw Refusal("\(name): \(error.inWords). Write it as postgresql://firstbell@db.example:5432/firstbell.")
        }
    }
}

extension StorageError {
    var inWords: String {
        switch self {
        case .unavailable(let reason), .away(let reason): reason
        case .notUnique(let constraint): "two rows would be the same in \(constraint)"
        case .commitUnknown: "the line broke while something was saved; look whether it was"
        case .unstorable: "a text has a zero character, which no database takes"
        }
    }
}
