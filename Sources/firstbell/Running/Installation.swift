import Core
import Foundation
import Logging
import RosterREST
import RosterSources
import Storage

/// An opened data folder: locked, its schema up to date, its keys at hand.
struct Installation: Sendable {
    let settings: Settings
    let folder: DataFolder
    let database: any Store
    let keyring: Keyring
    let clock: Clock
    let rosters: RosterSyncs
    /// This run among others on the same database.
    let lease: ServerLease
    /// The same run with what it has in hand.
    let server: ServerAtWork

    /// Opens the folder that the settings name. Throws `DataFolder.Owned` while another process has it.
    static func open(_ settings: Settings, clock: Clock = .system) async throws -> Installation {
        if let missing = ResourceCheck.missing.first { throw Refusal(missing) }
        let folder = try DataFolder(settings.data)
        let keyring: Keyring
        do { keyring = try Keyring.open(folder: settings.keyring) } catch .noFolder(let path) {
            throw Refusal("There is no keyring at \(path). Make one with: firstbell keys create")
        } catch { throw Refusal("\(error)") }
        let logger = Serve.logger(level: settings.logLevel)
        let database: any Store
        let staging: RosterStagingStore
        if let address = try settings.databaseAddress() {
            let server = try await DatabaseServer.open(address, clock: clock, logger: logger)
            (database, staging) = (server, .schemas(of: server))
        } else {
            database = try await DatabaseFile.open(folder, clock: clock)
            staging = .files(in: folder.staging)
        }
        let server = RunningServer(id: .new(at: clock.now()), place: folder.place, keys: keyring.ids)
        let lease = try await ServerLease.begin(
            server, on: database, isAlone: settings.databaseURL == nil, clock: clock)
        // Made known first, and only then looked: whoever copies the district does it the other way round.
        do { try await database.write { try $0.useDistrict() } } catch let refused as CopyRefused {
            await lease.end()
            try database.close()
            throw Refusal(refused.inWords)
        }
        for path in [folder.uploads, folder.staging] { try DataFolder.make(path) }
        let atWork = ServerAtWork(server.id)
        let rosters = RosterSyncs(
            main: database, store: staging, reader: RosterFiles.reader, client: .oneRoster(), server: atWork,
            keyring: keyring, clock: clock,
            timeZone: settings.timeZone,
            onFault: { logger.error("a roster stopped", metadata: ["error": "\($0)"]) })
        return Installation(
            settings: settings, folder: folder, database: database, keyring: keyring, clock: clock, rosters: rosters,
            lease: lease, server: atWork)
    }

    func close() async throws {
        await lease.end()
        try await database.checkpoint()
        try database.close()
    }

}
