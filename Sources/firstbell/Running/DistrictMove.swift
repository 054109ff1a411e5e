import Core
import Foundation
import Logging
import Storage
import StoragePostgreSQL

/// Opens the two databases between which a district moves, under the lock of the data folder.
struct DistrictMove {
    enum Target {
        /// A PostgreSQL address and the file with its password.
        case server(url: String, passwordFile: String?)
        case folder(String)
    }

    let settings: Settings
    let target: Target
    let clock: Clock

    func run(progress: @escaping @Sendable (Double) -> Void) async throws -> DistrictCopy.Report {
        if let missing = ResourceCheck.missing.first { throw Refusal(missing) }
        let folder = try DataFolder(settings.data)
        let opening = try openTarget(beside: folder)
        // Their locks are held to the end.
        defer { withExtendedLifetime((folder, opening)) {} }
        let source = try await Self.source(settings, folder, clock: clock)
        let target = try await opening()
        do {
            let leases = try await leases(on: [source, target], at: folder.place)
            let copy = DistrictCopy(from: source, to: target, place: folder.place, clock: clock)
            let report = try await ending(leases) { try await copy.run(progress: progress) }
            for end in [source, target] {
                try await end.database.checkpoint()
                try end.database.close()
            }
            return report
        } catch let refused as CopyRefused {
            throw Refusal(refused.inWords)
        } catch let error as StorageError {
            throw Refusal("The copying stopped: \(error.inWords). Say the same again, and it goes on from there.")
        }
    }

    /// The database that the settings name.
    static func source(_ settings: Settings, _ folder: DataFolder, clock: Clock) async throws -> DistrictCopy.End {
        guard let address = try settings.databaseAddress() else {
            guard FileManager.default.fileExists(atPath: folder.database) else {
                throw Refusal("There is no district in \(folder.path). Set FIRSTBELL_DATA to the folder that has it.")
            }
            return .init(try await DatabaseFile.open(folder, clock: clock), name: folder.database)
        }
        return .init(
            try await DatabaseServer.open(address, clock: clock, logger: logger(settings)), name: address.description)
    }

    /// What opens the target; what is wrong with its name is said before anything is opened.
    private func openTarget(beside folder: DataFolder) throws -> () async throws -> DistrictCopy.End {
        let clock = clock
        switch target {
        case .server(let url, let passwordFile):
            guard settings.databaseURL == nil else {
                throw Refusal(
                    """
                    FIRSTBELL_DATABASE_URL is set, so this district is on PostgreSQL. Copy it to another server with \
                    pg_dump and pg_restore.
                    """)
            }
            let address = try PostgreSQLAddress(
                url: url, named: "--to", passwordFile: passwordFile ?? settings.databasePasswordFile,
                named: passwordFile == nil ? "FIRSTBELL_DATABASE_PASSWORD_FILE" : "--password-file")
            let logger = Self.logger(settings)
            return {
                .init(
                    try await DatabaseServer.open(address, clock: clock, logger: logger), name: address.description)
            }
        case .folder(let path):
            guard settings.databaseURL != nil else {
                throw Refusal(
                    """
                    FIRSTBELL_DATABASE_URL is not set, so this district is in \(folder.path). Copy it to another folder \
                    with firstbell backup and restore.
                    """)
            }
            let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
            // Locked too, unless it is the same.
            let other = absolute == folder.path ? folder : try DataFolder(absolute)
            return { .init(try await DatabaseFile.open(other, clock: clock), name: other.database) }
        }
    }

    /// Makes the copying known to servers and to others who copy.
    private func leases(on ends: [DistrictCopy.End], at place: String) async throws -> [ServerLease] {
        var leases: [ServerLease] = []
        for end in ends {
            let run = RunningServer(id: .new(at: clock.now()), place: place, keys: [])
            leases.append(try await ServerLease.begin(run, on: end.database, isAlone: false, clock: clock))
        }
        return leases
    }

    private func ending<Result>(_ leases: [ServerLease], _ work: () async throws -> Result) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await work()) } catch { result = .failure(error) }
        for lease in leases { await lease.end() }
        return try result.get()
    }

    private static func logger(_ settings: Settings) -> Logger { Serve.logger(level: settings.logLevel) }
}

extension CopyRefused {
    /// With what to do.
    var inWords: String {
        switch self {
        case .halfCopied(let from, let begun):
            """
            Only a part of a district is here: it is being copied from \(from), since \(Self.day(begun)). Say the same \
            `firstbell database copy` again, and it goes on; or make this database anew.
            """
        case .moved(let to, let at):
            """
            This district has moved to \(to) on \(Self.day(at)). Use it there: two of it would send the same mails. If \
            nobody uses it there, let it go on here with: firstbell database release
            """
        case .notEmpty(let table):
            """
            The target holds a district already (its table \(table) has rows). Name an empty database or folder; nothing \
            was changed.
            """
        case .halfOfAnother(let from):
            """
            The target holds half a district that was copied from \(from), not from this one as it is now. Make the \
            target anew; nothing was changed.
            """
        case .inUse(let servers):
            """
            FirstBell runs on that database, at \(servers.joined(separator: ", ")). Stop it there; a server that was \
            killed counts as gone half a minute later.
            """
        case .zero(let table, let column, let key):
            """
            The table \(table) has a text with a zero character, which PostgreSQL cannot hold: \(column) of \(key). \
            Correct it there; nothing was copied.
            """
        case .schemasDiffer(let table): "The two databases differ in the table \(table). Make the target anew."
        case .countsDiffer(let table, let source, let target):
            "The table \(table) has \(source) rows here and \(target) there. Make the target anew and copy again."
        case .sourceUsed:
            "Somebody used the district while it was copied, so the copy is not whole. Make the target anew and copy again."
        }
    }

    private static func day(_ moment: Timestamp) -> String { moment.date.formatted(.iso8601) }
}
