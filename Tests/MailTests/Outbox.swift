import Core
import Foundation
import Logging
import Rendering
import Storage
import Synchronization
import TestSupport

@testable import Mail

/// A database with one teacher, some students and an outbox, a clock that is set by hand and a server that obeys.
struct Outbox: Sendable {
    let database: any Store
    let clock: HandClock
    let server = ObedientServer()
    /// The mailings that were told of, one after each commit.
    let told = Told()
    /// The run of the program whose postman it is.
    let atWork: ServerAtWork
    let keyring: Keyring
    let postman: Postman
    /// The same by way of another database, for which it does not wait.
    let postmanOn: @Sendable (any Database) -> Postman
    /// The same by way of another server.
    let postmanBy: @Sendable (any MailTransport) -> Postman

    static let teacher: ID<Account> = id(1)

    static func id<Owner>(_ number: UInt8) -> ID<Owner> {
        ID(bytes: [1, 0x92, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
    }

    struct Unset: Error {}

    static func open(
        hasServer: Bool = true, connections: Int = 1, returns: String? = nil,
        settings: (inout Postman.Settings, HandClock) -> Void = { _, _ in },
        _ body: (Outbox) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "firstbell-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = HandClock()
        var wishes = Postman.Settings()
        (wishes.connections, wishes.firstConnections, wishes.pause) = (connections, connections, .zero)
        settings(&wishes, clock)
        let outbox = try await Outbox(folder, hasServer: hasServer, returns: returns, wishes, clock)
        try await body(outbox)
        try await TestStore.discard(outbox.database)
        try FileManager.default.removeItem(at: folder)
    }

    private init(
        _ folder: URL, hasServer: Bool, returns: String?, _ settings: Postman.Settings, _ clock: HandClock
    ) async throws {
        self.clock = clock
        database = try await TestStore.chosen.database(in: folder, at: clock.now.milliseconds)
        guard let templates = MailTemplates.folder, let sender = MailAddress("bell@district.example")
        else { throw Unset() }
        keyring = try Keyring(keys: [Array(repeating: 7, count: 32)])
        let composer = MailComposer(
            sender: sender, returns: returns.flatMap(MailAddress.init).flatMap(ReturnAddress.init),
            publicURL: "https://bell.district.example", zone: .gmt, keyring: keyring, catalogs: try Catalogs.ours(),
            renderer: try Renderer(templateFolders: [templates]))
        let atWork = ServerAtWork(at: clock.now)
        self.atWork = atWork
        let made: @Sendable (any Database, (any MailTransport)?) -> Postman = {
            [keyring, clock, told] database, transport in
            Postman(
                database: database, transport: transport, composer: composer, keyring: keyring, server: atWork,
                clock: clock.clock, settings: settings, jitter: { 0.5 },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onChange: { told.add($0) })
        }
        postmanOn = { [server] database in made(database, hasServer ? server : nil) }
        postmanBy = { [database] transport in made(database, transport) }
        postman = postmanOn(database)
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name)
                VALUES (\(Self.teacher), 'staff', 'hand', 'ana', 'Ana', 'Beltrán', 'beltran ana')
                """)
        }
    }

    /// A student with a mail in the queue, in a mailing of its own.
    @discardableResult
    func queue(_ number: UInt8, address: String? = "cleo@school.example", priority: Int = 1) async throws -> ID<
        OutgoingMail
    > {
        let (student, mail, mailing): (ID<Account>, ID<OutgoingMail>, ID<Mailing>) = (
            Self.id(number), Self.id(number), Self.id(number)
        )
        let now = clock.now
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, address, address_key)
                VALUES (\(student), 'student', 'roster', \("cleo\(number)"), 'Cleo', 'Dunn', 'dunn cleo', \(address), \(address))
                """)
            try connection.execute(
                """
                INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
                  template_version)
                VALUES (\(mailing), \("act \(number)"), 'student', \(Self.teacher), \(now), 'Ana Beltrán', 'Alder Creek',
                  TRUE, 'Bring your tablet!', 1)
                """)
            try connection.execute(
                """
                INSERT INTO mail (id, mailing_id, account_id, state, state_at, priority, due_at, language)
                VALUES (\(mail), \(mailing), \(student), 'queued', \(now), \(priority), \(now), 'en')
                """)
        }
        return mail
    }

    struct MailRow: Record, Equatable {
        var state: MailState
        var reason: String?
        var attempts: Int
        var dueAt: Timestamp
        var link: String?
        init(row: any Row) throws {
            state = try row["state"]
            reason = try row["reason"]
            attempts = try row["attempts"]
            dueAt = try row["due_at"]
            link = try row["link_id"]
        }
    }

    struct Facts: Record, Equatable {
        var mail: MailState?
        var mailReason: String?
        var link: String?
        var linkEndsAt: Timestamp?
        var isBad: Bool
        init(row: any Row) throws {
            mail = try row["mail_state"]
            mailReason = try row["mail_reason"]
            link = try row["link_state"]
            linkEndsAt = try row["link_ends_at"]
            isBad = try row["address_is_bad"]
        }
    }

    func mail(_ number: UInt8) async throws -> MailRow {
        let id: ID<OutgoingMail> = Self.id(number)
        let row: MailRow? = try await database.read { try $0.fetchOne("SELECT * FROM mail WHERE id = \(id)") }
        guard let row else { throw Unset() }
        return row
    }

    func facts(_ number: UInt8) async throws -> Facts {
        let id: ID<Account> = Self.id(number)
        let row: Facts? = try await database.read { try $0.fetchOne("SELECT * FROM account WHERE id = \(id)") }
        guard let row else { throw Unset() }
        return row
    }

    func count(_ sql: SQL) async throws -> Int { try await database.read { try $0.value(sql) } ?? 0 }

    func change(_ sql: SQL) async throws { try await database.write { _ = try $0.execute(sql) } }
}

/// Who looks at mailings.
final class Told: Sendable {
    private let mailings = Mutex<[ID<Mailing>]>([])
    var all: [ID<Mailing>] { mailings.withLock { $0 } }
    func add(_ mailing: ID<Mailing>) { mailings.withLock { $0.append(mailing) } }
}

/// A clock that moves when it is told to.
final class HandClock: Sendable {
    private let moment = Mutex(Timestamp(milliseconds: 1_788_177_722_000))
    var now: Timestamp { moment.withLock { $0 } }
    var clock: Clock { Clock { self.now } }
    func advance(_ span: Span) { moment.withLock { $0 = $0 + span } }
}
