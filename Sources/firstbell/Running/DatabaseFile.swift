import Core
import Foundation
import Storage
import StorageSQLite

/// The embedded database in a data folder.
enum DatabaseFile {
    /// Opens the database and brings its schema up to date, with a copy made before anything is changed.
    static func open(_ folder: DataFolder, clock: Clock) async throws -> SQLiteDatabase {
        let migrations = try Schema.required()
        // What SQLite sorts in files stays in the data folder, which nobody else can read; they are gone when they are closed.
        try DataFolder.make(folder.staging)
        setenv("SQLITE_TMPDIR", folder.staging, 1)
        do {
            let isNew = !FileManager.default.fileExists(atPath: folder.database)
            let database = try SQLiteDatabase(path: folder.database)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.database)
            if !isNew, try await database.migrationsDone() < migrations.count {
                try DataFolder.make(folder.backups)
                try await database.copy(to: "\(folder.backups)/\(clock.now().milliseconds).sqlite")
            }
            try await database.migrate(migrations, now: clock.now().milliseconds)
            // A first import that was killed has left them out.
            try await database.write { try $0.makeIndexesLeftOut() }
            return database
        } catch MigrationRefused.newer(let found, let known) {
            throw Refusal.newerSchema(found: found, known: known)
        } catch let error as StorageError { throw Refusal("The database in \(folder.path) cannot be opened: \(error)") }
    }
}

extension RosterStagingStore {
    /// One SQLite file a plan; it can be made anew from the roster, so it need not survive a power cut.
    static func files(in folder: String) -> RosterStagingStore {
        RosterStagingStore(
            open: { id in
                let database = try SQLiteDatabase(path: "\(folder)/\(id).sqlite", durability: .none, readers: 2)
                try await database.migrate(Schema.staging(), now: 0)
                return database
            },
            remove: { id in
                for ending in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: "\(folder)/\(id).sqlite\(ending)")
                }
            })
    }
}

extension Schema {
    /// Throws a `Refusal` where the program was installed without its resources.
    static func required() throws -> [Migration] {
        let migrations = try migrations()
        guard !migrations.isEmpty else {
            throw Refusal("The schema is not beside the program. Install FirstBell with its .resources folders.")
        }
        return migrations
    }
}

extension Refusal {
    static func newerSchema(found: Int, known: Int) -> Refusal {
        Refusal("The database is of a newer FirstBell (step \(found), this one knows \(known)). Run that version.")
    }
}
