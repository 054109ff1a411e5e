import Core
import Hummingbird
import Mail
import Rendering
import Storage

/// What the page of a mailing is told, one push after the other. Who asks is looked at anew before each.
struct MailingEvents: Sendable {
    /// No page is told more often.
    private static let pace: Duration = .milliseconds(500)

    let services: Services
    let token: SessionToken
    let mailing: ID<Mailing>
    /// Where the page begins; nil for the first.
    let after: String?
    let drawnAt: Timestamp
    let visit: Visit

    /// Tells until the mailing is done, the person may not look any more, or the program shuts down.
    func tell(_ listener: MailingListener, _ writer: inout any ResponseBodyWriter) async throws {
        var shown = MailingShown(drawnAt: drawnAt)
        try await writer.write(ServerSentEvent.retry(.seconds(3)))
        for await signal in listener.signals {
            if case .elsewhere = signal {
                try await writer.write(ServerSentEvent(name: "elsewhere").bytes)
                break
            }
            guard let push = try await push(&shown) else { break }
            try await writer.write(push.bytes)
            if push.isLast {
                try await writer.write(ServerSentEvent(name: "done").bytes)
                break
            }
            if let wait = push.wakeAfter { listener.wake(after: wait) }
            try await Task.sleep(for: Self.pace)
        }
        try await writer.finish(nil)
    }

    private struct Push {
        var bytes = ServerSentEvent.stillHere
        var isLast = false
        /// When time alone changes the page.
        var wakeAfter: Duration?
    }

    /// Nil for somebody who may not look any more.
    private func push(_ shown: inout MailingShown) async throws -> Push? {
        let now = services.clock.now()
        let visit = Visit(
            house: visit.house, words: visit.words, zone: visit.zone, now: now, signedIn: visit.signedIn,
            path: "/mailings/\(mailing)")
        let report: MailingReport?
        do { report = try await look(at: now) } catch let error as StorageError where error.isOfTheLine {
            // The page stays as it is until the database is back.
            return Push()
        }
        guard let report else { return nil }
        let news = shown.news(
            of: report, isPaged: after != nil || report.next != nil, mint: IDMint(at: now), visit: visit)
        var push = Push(isLast: !MailingStatus(report, visit).isLive)
        if !news.isEmpty {
            push.bytes =
                ServerSentEvent(
                    name: "parts", data: try services.renderer.render(news, words: visit.words)
                ).bytes
        }
        if let until = report.undoUntil, until > now {
            push.wakeAfter = .milliseconds(until.milliseconds - now.milliseconds)
        }
        return push
    }

    private func look(at now: Timestamp) async throws -> MailingReport? {
        try await services.database.read { connection in
            guard let session = try connection.session(token, at: now), session.stage == .full,
                session.person.kind == .staff
            else { return nil }
            let reader = MailingReader(
                teacher: Teacher(id: session.person.id, day: SchoolDay(now, in: visit.zone)),
                administrator: session.administrator)
            return try connection.mailingReport(mailing, for: reader, after: after, at: now)
        }
    }
}
