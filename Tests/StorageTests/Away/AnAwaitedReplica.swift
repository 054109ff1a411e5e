import Foundation
import Storage
import TestSupport
import Testing

@testable import StoragePostgreSQL

@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct AnAwaitedReplica {
    /// Other sessions of the test server do not wait for replicas (`synchronous_commit = off`): they notice nothing.
    private func withMissingReplica(on database: PostgreSQLDatabase, _ body: () async throws -> Void) async throws {
        func set(_ names: String) async throws {
            for script in ["ALTER SYSTEM SET synchronous_standby_names = '\(names)'", "SELECT pg_reload_conf()"] {
                _ = try await database.pool.run { try $0.run(script: script).changed }
            }
            let isSet: @Sendable (any Connection) throws -> Bool = {
                try $0.value("SELECT current_setting('synchronous_standby_names') AS value") == names
            }
            while try await !database.read(isSet) { await Task.yield() }
        }
        try await set("nobody")
        do { try await body() } catch {
            try await set("")
            throw error
        }
        try await set("")
    }

    @Test(arguments: ["pg_cancel_backend", "pg_terminate_backend"])
    func `that never answers leaves a COMMIT unknown, even where the server says that it was done`(
        blow: String
    ) async throws {
        try await Detour.open { detour in
            try await withMissingReplica(on: detour.database) {
                let database = PostgreSQLDatabase(
                    detour.database.address.setting("synchronous_commit", to: "on"), connections: 1)
                defer { try? database.close() }
                async let pressed = database.pressed()
                try await end("SELECT \(blow)(pid) AS value", of: "wait_event = 'SyncRep'", detour)
                #expect(try await pressed == .commitUnknown)
                #expect(try await detour.done() == 1)
                // A look needs no replica, and the same line or a new one gives it.
                let number = try await database.read {
                    try $0.value("SELECT number AS value FROM counter", as: Int.self)
                }
                #expect(number == 1)
            }
        }
    }

    /// Strikes at the one that waits, as soon as it does.
    private func end(_ what: String, of whom: String, _ detour: Detour) async throws {
        let script = "\(what) FROM pg_stat_activity WHERE datname = current_database() AND \(whom)"
        while try await detour.database.pool.run({ try $0.run(script: script).count }) == 0 { await Task.yield() }
    }
}
