import Core
import Foundation
import Logging
import RosterSources
import Storage
import StorageSQLite

/// An opened data folder: locked, its schema up to date, its keys at hand.
struct Installation: Sendable {
    let settings: Settings
    let folder: DataFolder
    let database: SQLiteDatabase
    let keyring: Keyring
    let clock: Clock
    let rosters: RosterSyncs

    /// Opens the folder that the settings name. Throws `DataFolder.Owned` while another process has it.
    static func open(_ settings: Settings, clock: Clock = .system) async throws -> Installation {
        if let missing = ResourceCheck.missing.first { throw Refusal(missing) }
        let folder = try DataFolder(settings.data)
        let keyring: Keyring
        do { keyring = try Keyring.open(folder: settings.keyring) } catch .noFolder(let path) {
            throw Refusal("There is no keyring at \(path). Make one with: firstbell keys create")
        } catch { throw Refusal("\(error)") }
        let database = try await openDatabase(folder, clock)
        for path in [folder.uploads, folder.staging] { try DataFolder.make(path) }
        let logger = Serve.logger(level: settings.logLevel)
        let rosters = RosterSyncs(
            main: database, store: .files(in: folder.staging), reader: Self.reader, clock: clock,
            timeZone: settings.timeZone,
            onFault: { logger.error("a roster stopped", metadata: ["error": "\($0)"]) })
        return Installation(
            settings: settings, folder: folder, database: database, keyring: keyring, clock: clock, rosters: rosters)
    }

    func close() async throws {
        try await database.checkpoint()
        try database.close()
    }

    /// Opens the database and brings its schema up to date, with a copy made before anything is changed.
    private static func openDatabase(_ folder: DataFolder, _ clock: Clock) async throws -> SQLiteDatabase {
        let migrations = try Schema.migrations()
        guard !migrations.isEmpty else {
            throw Refusal("The schema is not beside the program. Install FirstBell with its .resources folders.")
        }
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
            try await database.write { try $0.makeStudentIndexes() }
            return database
        } catch MigrationRefused.newer(let found, let known) {
            throw Refusal(
                "The database is of a newer FirstBell (step \(found), this one knows \(known)). Run that version.")
        } catch let error as StorageError { throw Refusal("The database in \(folder.path) cannot be opened: \(error)") }
    }

    private static let reader: RosterReader = { file, intake, progress in
        let archive = try PackageArchive(at: file.path)
        _ = try OneRosterReader(archive).read(into: &intake) { done in
            progress(done.bytesInAll == 0 ? 0 : Double(done.bytesRead) / Double(done.bytesInAll))
        }
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
