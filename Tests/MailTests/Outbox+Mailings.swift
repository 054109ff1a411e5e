import Core
import Foundation
import Logging
import ServiceLifecycle
import Storage
import TestSupport

@testable import Mail

extension Outbox {
    /// One mailing to so many students, whose addresses are `s1@NAME.example`, `s2@NAME.example` and so on.
    func queueMailing(_ name: String, to count: Int, priority: Int = 1) async throws {
        let mint = IDMint(at: clock.now)
        let now = clock.now
        try await database.write { connection in
            var mint = mint
            let mailing: ID<Mailing> = mint.next()
            try connection.execute(
                """
                INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
                  template_version)
                VALUES (\(mailing), \("act \(name)"), 'student', \(Self.teacher), \(now), 'Ana Beltrán', 'Alder Creek', TRUE,
                  '', 1)
                """)
            for number in 1...count {
                let (student, mail): (ID<Account>, ID<OutgoingMail>) = (mint.next(), mint.next())
                let address = "s\(number)@\(name).example"
                try connection.execute(
                    """
                    INSERT INTO account (id, kind, origin, username, given_name, family_name, sort_name, address, address_key)
                    VALUES (\(student), 'student', 'roster', \("\(name)\(number)"), 'Cleo', 'Dunn', 'dunn cleo', \(address),
                      \(address))
                    """)
                try connection.execute(
                    """
                    INSERT INTO mail (id, mailing_id, account_id, state, state_at, priority, due_at, language)
                    VALUES (\(mail), \(mailing), \(student), 'queued', \(now), \(priority), \(now), 'en')
                    """)
            }
        }
    }

    /// The part before the `@` and the first label behind it, of all mails that the server took.
    var taken: [String] {
        server.taken.map { "\($0.recipient.local)@\($0.recipient.domain.prefix { $0 != "." })" }
    }

    /// Of which mailing each was.
    var turns: [String] { taken.map { String($0.drop { $0 != "@" }.dropFirst()) } }

    /// Lets the postman work as in the running program until the body is through.
    func atWork(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: postman)], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            defer { tasks.cancelAll() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Looks again and again until something is so. Throws at the deadline, which only a broken program reaches.
    func eventually(_ what: String, _ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isSo() {
            guard ContinuousClock.now < deadline else { throw Trouble("waited in vain until \(what)") }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(5)) { continuation.resume() }
            }
        }
    }
}
