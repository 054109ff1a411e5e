package import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
package import Mail
package import Rendering
import RosterREST
import RosterSources
package import Storage
import Synchronization
package import Web

/// The cast: a small school on a real database, behind the real site. Ids are fixed, the clock stands.
///
/// Ms. Ada teaches 4B with Ben, Cleo, Dina (no address) and the twins Eve and Finn, who share an address; Ms. Gray helps
/// her. Mr. Dov teaches Hal elsewhere and must see nothing of 4B. Ruth is the administrator. Ian waits to be activated.
package struct Schoolhouse: Sendable {
    package let database: any Store
    package let clock: FixedClock
    package let keyring: Keyring
    package let services: Services
    package let log: CapturedLog
    /// How often the postman was woken.
    package let nudges: Nudges
    let client: any TestClientProtocol

    /// Opens a school on the Tuesday before lunch, runs `body` in it and clears it away.
    package static func open(
        publicURL: String = "http://localhost", trustedProxies: [Network] = [], sessions: SessionLimits = .standard,
        watch: MailingWatch.Settings = MailingWatch.Settings(), mailroom: (@Sendable (MailComposer) -> Mailroom)? = nil,
        _ body: @Sendable (Schoolhouse) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "school-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = FixedClock(Self.tuesday)
        let database = try await TestStore.chosen.database(in: folder, at: clock.now.milliseconds)
        let hash = try await Cast.hash()
        try await database.write { try $0.enterCast(hash: hash) }
        let log = CapturedLog()
        let nudges = Nudges()
        let keyring = try Keyring(keys: [Array(1...32)])
        let services = try Self.services(
            database, clock, keyring, log, nudges, folder: folder, publicURL: publicURL, proxies: trustedProxies,
            sessions: sessions, watch: watch, mailroom: mailroom)
        let site = Application(router: Site.router(services: services), logger: log.logger)
        try await site.test(.router) { client in
            try await body(
                Schoolhouse(
                    database: database, clock: clock, keyring: keyring, services: services, log: log, nudges: nudges,
                    client: client))
        }
        // Whatever was done: the counters say what the rows say.
        let wrong = try await database.recountStudents(at: clock.now)
        guard wrong.isEmpty else { throw Trouble("the counters are wrong: \(wrong.joined(separator: "; "))") }
        try await TestStore.discard(database)
    }

    /// 2026-09-01 10:00 UTC.
    package static let tuesday = Timestamp(milliseconds: 1_788_256_800_000)

    /// Somebody at a browser of their own, not signed in.
    package func visitor() -> Visitor { Visitor(client: client, isSecure: services.settings.publicURL.isSecure) }

    /// Somebody who has come in through the door.
    package func visitor(signedInAs member: Member) async throws -> Visitor {
        let visitor = visitor()
        let answer = try await visitor.signIn(member.username, Cast.password)
        guard answer.status == 303, answer.location != "/choose-password" else {
            throw Trouble("\(member) got \(answer.status)")
        }
        return visitor
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await database.read(body) }

    @discardableResult package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await database.write(body) }

    /// A number that a statement counts as `value`.
    package func count(_ sql: SQL) async throws -> Int { try await read { try $0.value(sql) ?? 0 } }

    /// The door for erasing people.
    package var erasures: Erasures { services.erasures }

    /// Everything that the database has written, its log included.
    package func bytesOnDisk() async throws -> [UInt8] {
        try await TestStore.chosen.bytes(of: database, in: URL(filePath: services.uploads))
    }

    /// The run of the program that the site is.
    package static let server = ServerAtWork(at: tuesday)

    private static func services(
        _ database: any Store, _ clock: FixedClock, _ keyring: Keyring, _ log: CapturedLog, _ nudges: Nudges,
        folder: URL, publicURL: String, proxies: [Network],
        sessions: SessionLimits, watch: MailingWatch.Settings,
        mailroom: (@Sendable (MailComposer) -> Mailroom)?
    ) throws -> Services {
        let catalogs = try Catalogs.ours()
        let composer = try composer(keyring, catalogs)
        let assets = try Assets.ours()
        return Services(
            database: database, clock: clock.clock, keyring: keyring, hasher: Cast.hasher,
            renderer: try Renderer(templateFolders: [try Assets.templates()], constants: assets.constants),
            catalogs: catalogs, assets: assets,
            settings: SiteSettings(
                publicURL: try PublicURL(publicURL), zone: .gmt, district: "Juniper Valley", trustedProxies: proxies,
                metricsToken: Redacted("a-token-for-metrics"), sessions: sessions),
            logger: log.logger,
            rosters: RosterSyncs(
                main: database, store: TestStore.chosen.staging(beside: database, in: folder),
                reader: RosterFiles.reader, client: .oneRoster(), server: server, keyring: keyring,
                clock: clock.clock,
                timeZone: .gmt),
            server: server, uploads: folder.path,
            mailroom: mailroom?(composer)
                ?? Mailroom(
                    server: .folder, composer: composer, condition: { .init(isRunning: true, complaint: nil) }),
            watch: MailingWatch(database: database, settings: watch, logger: log.logger),
            nudgePostman: { nudges.add() })
    }
}

extension Schoolhouse {
    /// What makes the mails of the house.
    package static func composer(_ keyring: Keyring, _ catalogs: Catalogs) throws -> MailComposer {
        guard let sender = MailAddress("bell@district.example"), let templates = MailTemplates.folder
        else { throw Trouble("no templates of mails") }
        return MailComposer(
            sender: sender, publicURL: "http://localhost", zone: .gmt, keyring: keyring, catalogs: catalogs,
            renderer: try Renderer(templateFolders: [templates]))
    }
}

/// What went wrong in a test's own preparations.
package struct Trouble: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// Counts how often something was woken.
package final class Nudges: Sendable {
    private let number = Mutex(0)
    package var count: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
}
