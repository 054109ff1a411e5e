import Core
import Foundation
import Glibc
import Storage
import StoragePostgreSQL
import TestSupport

/// An empty PostgreSQL database for the program, on the server that `bin/postgresql` has started: without one a test fails.
struct ADatabase: Sendable {
    let database: PostgreSQLDatabase
    /// Its address without the password.
    let url: String
    let password: String
    let passwordFile: String

    var settings: [String: String] {
        ["FIRSTBELL_DATABASE_URL": url, "FIRSTBELL_DATABASE_PASSWORD_FILE": passwordFile]
    }
    var name: String { database.address.databaseName ?? "" }

    static func open(on machine: Machine, _ body: (ADatabase) async throws -> Void) async throws {
        let database = try await TestPostgreSQL.shared.blank()
        let made = try ADatabase(database, on: machine)
        let result: Result<Void, any Error>
        do { result = .success(try await body(made)) } catch { result = .failure(error) }
        // Whoever of the program is left would keep it from going.
        await machine.endAll()
        try database.close()
        try await TestPostgreSQL.shared.drop(database)
        try result.get()
    }

    private init(_ database: PostgreSQLDatabase, on machine: Machine) throws {
        self.database = database
        guard let given = ProcessInfo.processInfo.environment["FIRSTBELL_TEST_POSTGRESQL"],
            var parts = URLComponents(string: given), let password = parts.password,
            let name = database.address.databaseName
        else { throw Trouble("no PostgreSQL was started: use bin/postgresql") }
        parts.password = nil
        parts.path = "/\(name)"
        url = parts.string ?? ""
        self.password = password
        passwordFile = "\(machine.folder)/password-\(name)"
        try Data("\(password)\n".utf8).write(to: URL(filePath: passwordFile))
        chmod(passwordFile, 0o600)
    }

    /// The same address for another account, user, database or port.
    func url(_ change: (inout URLComponents) -> Void) throws -> String {
        guard var parts = URLComponents(string: url) else { throw Trouble("no address") }
        change(&parts)
        return parts.string ?? ""
    }

    /// A number that a query names `value`.
    func count(_ query: SQL) async throws -> Int { try await database.read { try $0.value(query) ?? 0 } }

    /// How many rows have come; none before there are tables. What every new database has is not among them.
    func rows() async throws -> Int {
        try await database.read { connection in
            try connection.tables().filter { !["migration", "server", "database_copy", "district"].contains($0.name) }
                .reduce(0) { try $0 + connection.count(of: $1) }
        }
    }

    func execute(_ statement: SQL) async throws { try await database.write { try $0.execute(statement) } }
}

/// Every row of a district, table by table, by which two of them are compared. What belongs to the database is left out.
func everything(in database: any Store) async throws -> [String: [SQLValue]] {
    try await database.read { connection in
        var rows: [String: [SQLValue]] = [:]
        for table in try connection.tables() where !["migration", "server", "database_copy"].contains(table.name) {
            rows[table.name] = try connection.rows(of: table, after: nil, limit: 10_000_000).values
        }
        return rows
    }
}
