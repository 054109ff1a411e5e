import Core
import Hummingbird
import Storage

/// What is done for a student who cannot get in any more, for teachers and for administrators: reset, lifting a wait, and settling
/// that somebody said "This was not me".
struct ResettingController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        routes(staff, .people) { .teacher($0.teacher) }
    }

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        routes(administrator, .admin) { context in
            .administrator(context.administrator, SchoolDay(context.now, in: context.visit.zone))
        }
    }

    private func routes<Context: Audience>(
        _ group: RouterGroup<Context>, _ door: StudentDoor, viewer: @escaping @Sendable (Context) -> StudentViewer
    ) {
        let student = "\(door.list.dropFirst())/{student}"
        group.get(RouterPath("\(student)/reset")) { try await ask($1, viewer($1), door, $0) }
        group.post(RouterPath("\(student)/reset")) { try await reset($1, viewer($1), door, $0) }
        group.post(RouterPath("\(student)/unlock")) { try await unlock($1, viewer($1), door, $0) }
        group.post(RouterPath("\(student)/all-is-well")) { try await settle($1, viewer($1), door, $0) }
        group.post(RouterPath("\(student)/not-now")) { try await putOff($1, viewer($1), door, $0) }
    }

    private func ask(
        _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor, _ request: Request
    ) async throws -> Response {
        let (now, id) = (context.now, try context.id("student", as: Account.self))
        let subject = try await services.database.read { try $0.resetSubject(id, for: viewer, at: now) }
        guard let subject else { throw HTTPError(.notFound) }
        let isOvertaken = try Query(request)["overtaken"] != nil
        let page = ResetPage(
            subject, isOvertaken: isOvertaken, door: door, mint: IDMint(at: now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private func reset(
        _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor, _ request: Request
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return", "seen"])
        let (now, id) = (context.now, try context.id("student", as: Account.self))
        let seen = form.optional("seen").flatMap(Int.init)
        let entry = ID<AuditEntry>.new(at: now)
        let outcome = try await services.database.write {
            try $0.resetPassword(of: id, seen: seen, for: viewer, entry: entry, at: now)
        }
        // Whoever came first, that page says who, and offers mail and card, or asks anew.
        let page = "\(door.list)/\(id)/reset"
        switch outcome {
        case .notFound: throw HTTPError(.notFound)
        case .overtaken: return .see("\(page)?overtaken=1")
        case .done:
            services.nudgePostman()
            return .see(page)
        }
    }

    private func unlock(
        _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor, _ request: Request
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let id = try await press(context, form) { connection, student, entry, now in
            try connection.liftWait(of: student, for: viewer, entry: entry, at: now)
        }
        return .see(StudentsNotice.address(form.optional("return"), done: "unlocked", to: id, at: door))
    }

    private func settle(
        _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor, _ request: Request
    ) async throws -> Response {
        let id = try await press(context, request) { connection, student, entry, now in
            try connection.settleDisowning(of: student, for: viewer, entry: entry, at: now)
        }
        return .see(StudentsNotice.address(nil, done: "settled", to: id, at: door))
    }

    private func putOff(
        _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor, _ request: Request
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let id = try await press(context, form) { connection, student, entry, now in
            try connection.putOffRequest(of: student, by: viewer, entry: entry, at: now)
        }
        return .see(StudentsNotice.address(form.optional("return"), done: "aside", to: id, at: door))
    }

    /// Does it in one transaction. A student whom the viewer does not see is not found.
    private func press(
        _ context: some Audience, _ request: Request,
        _ act: @escaping @Sendable (any Connection, ID<Account>, ID<AuditEntry>, Timestamp) throws -> Bool
    ) async throws -> ID<Account> {
        try await press(context, try await Form(request, fields: ["act", "return"]), act)
    }

    private func press(
        _ context: some Audience, _ form: Form,
        _ act: @escaping @Sendable (any Connection, ID<Account>, ID<AuditEntry>, Timestamp) throws -> Bool
    ) async throws -> ID<Account> {
        let (now, id) = (context.now, try context.id("student", as: Account.self))
        let entry = ID<AuditEntry>.new(at: now)
        guard try await services.database.write({ try act($0, id, entry, now) }) else { throw HTTPError(.notFound) }
        return id
    }
}
