import Core
import Hummingbird
import Rendering
import Storage

/// Correcting one student's address, by administrators and, where the district lets them, by teachers.
struct CorrectAddressController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students/{student}/address") { _, context in
            try await ask(context, .teacher(context.teacher), .people)
        }
        staff.post("people/students/{student}/address") { request, context in
            try await correct(request, context, .teacher(context.teacher), .people)
        }
        staff.post("people/students/{student}/roster-address") { request, context in
            try await useRoster(request, context, .teacher(context.teacher), .people)
        }
    }

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students/{student}/address") { _, context in
            try await ask(context, context.viewer, .admin)
        }
        administrator.post("admin/students/{student}/address") { request, context in
            try await correct(request, context, context.viewer, .admin)
        }
        administrator.post("admin/students/{student}/roster-address") { request, context in
            try await useRoster(request, context, context.viewer, .admin)
        }
    }

    private func ask(_ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor) async throws -> Response {
        let (detail, may) = try await detail(context, viewer)
        guard may else { return try notAllowed(detail, context, door) }
        let page = CorrectAddressPage(detail, door: door, typed: nil, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    private func correct(
        _ request: Request, _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "before", "address", "none"])
        let act: ID<Act> = try form.id("act")
        let (now, words) = (context.now, context.visit.words)
        let student: ID<Account> = try context.id("student")
        let typed = try form.text("address").trimmingSpaces()
        let isNone = form.isTicked("none")
        let entry = ID<AuditEntry>.new(at: now)
        let before = try form.text("before")
        let correction = AddressCorrection(
            of: student, from: before.isEmpty ? nil : before, to: isNone ? nil : typed, entry: entry, at: now)
        func again(_ problem: String?, note: AdminNote? = nil, _ status: HTTPResponse.Status) async throws -> Response {
            let (detail, may) = try await detail(context, viewer)
            guard may else { return try notAllowed(detail, context, door) }
            let page = CorrectAddressPage(
                detail, door: door, typed: typed, isNone: isNone, problem: problem, note: note, act: act,
                visit: context.visit)
            return try services.answer(page, context.visit, status: status)
        }
        if !isNone, let fault = AddressFault.of(typed) {
            let problem =
                fault == .missing
                ? words("Type an address, or say that this student has none.") : AddressFaultText.text(fault, words)
            return try await again(problem, .unprocessableContent)
        }
        switch try await services.database.write({ try $0.correct(correction, by: viewer) }) {
        case .notFound: throw HTTPError(.notFound)
        case .notAllowed: return try await again(nil, .forbidden)
        case .isUsername:
            return try await again(
                words("Somebody else signs in with this as a username. Type another address."), .conflict)
        case .overtaken:
            let note = AdminNote.bad(
                words(
                    "Meanwhile somebody gave another address: it stands below. Look at it, then save yours or leave it."
                ))
            return try await again(nil, note: note, .conflict)
        case .done:
            services.nudgePostman()
            return .see("\(door.list)/\(student)?address=\(student)")
        }
    }

    private func useRoster(
        _ request: Request, _ context: some Audience, _ viewer: StudentViewer, _ door: StudentDoor
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "before"])
        let (now, student) = (context.now, try context.id("student", as: Account.self))
        let before = try form.text("before")
        let correction = AddressCorrection(
            of: student, from: before.isEmpty ? nil : before, to: nil, entry: .new(at: now), at: now)
        let outcome = try await services.database.write { try $0.useRosterAddress(correction, by: viewer) }
        let (detail, may) = try await detail(context, viewer)
        switch outcome {
        case .notFound: throw HTTPError(.notFound)
        case .notAllowed: return try notAllowed(detail, context, door)
        case .overtaken, .isUsername:
            let note = AdminNote.bad(
                context.visit.words("Meanwhile somebody gave another address, so nothing was changed. Look at it here.")
            )
            let page = StudentPage(
                detail, door: door, mayCorrect: may, note: note, mint: IDMint(at: now), visit: context.visit)
            return try services.answer(page, context.visit, status: .conflict)
        case .done:
            services.nudgePostman()
            return .see("\(door.list)/\(student)?address=\(student)")
        }
    }

    private func detail(_ context: some Audience, _ viewer: StudentViewer) async throws -> (StudentDetail, Bool) {
        let (now, id) = (context.now, try context.id("student", as: Account.self))
        let found = try await services.database.read { connection in
            try connection.studentDetail(id, for: viewer, at: now).map { detail in
                (detail, try connection.mayCorrectAddresses(viewer))
            }
        }
        guard let found else { throw HTTPError(.notFound) }
        return found
    }

    private func notAllowed(_ detail: StudentDetail, _ context: some Audience, _ door: StudentDoor) throws -> Response {
        let note = AdminNote.bad(
            context.visit.words(
                "In your district only administrators correct addresses. Nothing was changed; ask yours."))
        let page = StudentPage(
            detail, door: door, mayCorrect: false, note: note, mint: IDMint(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit, status: .forbidden)
    }
}

extension String {
    /// Without the blanks around it that come with pasting. Line breaks stay, to be told of.
    fileprivate func trimmingSpaces() -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\u{a0}"]
        var part = unicodeScalars[...]
        while let first = part.first, blanks.contains(first) { part.removeFirst() }
        while let last = part.last, blanks.contains(last) { part.removeLast() }
        return String(part)
    }
}
