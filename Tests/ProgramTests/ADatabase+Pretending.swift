import Core
import Foundation
import Storage
import StoragePostgreSQL
import TestSupport

extension ADatabase {
    /// Lets the server say of itself what it is not, to whoever asks in this database.
    func pretend(_ facts: [String: String] = [:], clockAhead seconds: Int = 0) async throws {
        let cases = facts.map { "WHEN '\($0.key)' THEN '\($0.value)'" }.joined(separator: " ")
        let settings = "CASE $1 WHEN '' THEN '' \(cases) ELSE pg_catalog.current_setting($1) END"
        try await psql(
            """
            CREATE SCHEMA pretence;
            CREATE FUNCTION pretence.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT \(settings) $$;
            CREATE FUNCTION pretence.clock_timestamp() RETURNS timestamptz LANGUAGE sql
              AS $$ SELECT pg_catalog.clock_timestamp() + interval '\(seconds) s' $$;
            ALTER DATABASE "\(name)" SET search_path = pretence, pg_catalog, public;
            """)
    }

    /// Runs statements as the owner of the server, each on its own.
    func psql(_ statements: String, database: String? = nil) async throws {
        let folder = URL(filePath: passwordFile).deletingLastPathComponent().path
        let address = try url { if let database { $0.path = "/\(database)" } }
        let script = "\(folder)/\(UUID().uuidString).sql"
        try Data(statements.utf8).write(to: URL(filePath: script))
        let ended = try await Program(
            ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=\(script)", address],
            environment: ["PATH": "/usr/bin:/bin", "PGPASSWORD": password], folder: folder,
            path: URL(filePath: "/usr/bin/psql")
        ).ended()
        guard ended.code == 0 else { throw Trouble("psql: \(ended.errors)") }
    }

    /// An account that is no superuser and owns nothing, with the settings to use it; it goes with its database.
    func withAccount(
        _ options: String = "", _ body: (_ name: String, _ settings: [String: String]) async throws -> Void
    ) async throws {
        let account = "role_\(name.suffix(20))"
        try await psql("CREATE ROLE \"\(account)\" LOGIN PASSWORD '\(password)' \(options)")
        let result: Result<Void, any Error>
        do {
            let address = try url { $0.user = account }
            result = .success(
                try await body(account, settings.merging(["FIRSTBELL_DATABASE_URL": address]) { $1 }))
        } catch { result = .failure(error) }
        try await psql("REASSIGN OWNED BY \"\(account)\" TO CURRENT_USER; DROP OWNED BY \"\(account)\" CASCADE")
        try await psql("DROP ROLE \"\(account)\"")
        try result.get()
    }
}
