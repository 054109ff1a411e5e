import Core
import Hummingbird
import Mail
import Storage

/// Undo, Pause, Resume and Cancel of a mailing, and what its page is told.
struct MailingSteeringController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("mailings/{mailing}/events", use: listen)
        for wish in MailingWish.allCases {
            staff.post(RouterPath("mailings/{mailing}/\(wish.rawValue)")) { request, context in
                try await steer(wish, request, context)
            }
        }
    }

    /// Who may do it is asked in the transaction; what was posted is looked at only for somebody who may look at the mailing.
    private func steer(_ wish: MailingWish, _ request: Request, _ context: TeacherContext) async throws -> Response {
        let (reader, now) = (context.reader, context.now)
        let mailing: ID<Mailing> = try context.id("mailing")
        guard try await services.database.read({ try $0.mayOpen(mailing, reader) }) else { throw HTTPError(.notFound) }
        let form = try await Form(request, fields: ["act"])
        let press = MailingPress(wish, act: try form.id("act"), entry: .new(at: now), at: now)
        guard
            try await services.database.write(
                at: .readCommitted, { try $0.steer(mailing, press, by: reader) })
        else { throw HTTPError(.notFound) }
        // A large mailing follows in steps; what goes on may leave now.
        services.nudgePostman()
        services.watch.ring(mailing)
        return .see("/mailings/\(mailing)")
    }

    @Sendable private func listen(_ request: Request, context: TeacherContext) async throws -> Response {
        let (reader, now) = (context.reader, context.now)
        let mailing: ID<Mailing> = try context.id("mailing")
        guard try await services.database.read({ try $0.mayOpen(mailing, reader) }),
            let token = SessionCookie(services.settings.publicURL).read(from: request)
        else { throw HTTPError(.notFound) }
        let query = try Query(request)
        let drawnAt = query["drawn"].flatMap(Int64.init).map { Timestamp(milliseconds: $0) } ?? now - .minutes(1)
        let events = MailingEvents(
            services: services, token: token, mailing: mailing, after: query["after"], drawnAt: drawnAt,
            visit: context.visit)
        guard let listener = services.watch.listen(to: mailing, by: context.person.id) else {
            throw HTTPError(.serviceUnavailable)
        }
        return .events { writer in
            // Whoever closes the page is let go of at once.
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await events.tell(listener, &writer)
            }
        }
    }
}
