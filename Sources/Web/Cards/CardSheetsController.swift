import Core
import Hummingbird
import Storage

/// Print all, print one: a POST makes the sheet, a GET shows it to its maker, each showing audited.
struct CardSheetsController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students/print", use: ask)
        staff.post("card-sheets", use: make)
        staff.post("people/students/{student}/card", use: makeOne)
        staff.get("card-sheets/{sheet}", use: show)
    }

    @Sendable private func ask(_ request: Request, context: TeacherContext) async throws -> Response {
        let query = try Query(request, lists: ["tracker"])
        let trackers = query.list("tracker").compactMap(ID<Tracker>.init)
        let wish = Wish(
            choice: MailingChoice(allTrackers: trackers.isEmpty, trackers: trackers),
            only: query["only"].flatMap(PrintOnly.init) ?? .everybody)
        return try await draw(wish, problem: nil, act: .new(at: context.now), context)
    }

    @Sendable private func make(_ request: Request, context: TeacherContext) async throws -> Response {
        let form = try await Form(
            request, fields: ["act", "all", "only", "repeat", "size"], lists: ["tracker"], limit: 262_144)
        let act: ID<Act> = try form.id("act")
        let wish = Wish(
            choice: MailingChoice(allTrackers: form.isTicked("all"), trackers: try form.ids("tracker")),
            only: form.optional("only").flatMap(PrintOnly.init) ?? .everybody, repeats: form.isTicked("repeat"),
            size: form.optional("size").flatMap(CardSize.init) ?? .usual)
        guard wish.choice.allTrackers || !wish.choice.trackers.isEmpty else {
            return try await draw(wish, problem: .nobodyChosen, act: act, context)
        }
        let new = NewCardSheet(
            act: act, scope: .trackers(wish.choice), states: wish.only.states, repeatsCards: wish.repeats,
            key: services.keyring.current, mint: IDMint(at: context.now), now: context.now)
        guard let sheet = try await make(new, context) else {
            return try await draw(wish, problem: .nobodyToPrint, act: act, context)
        }
        return .see(wish.size == .large ? "/card-sheets/\(sheet)?size=large" : "/card-sheets/\(sheet)")
    }

    @Sendable private func makeOne(_ request: Request, context: TeacherContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let student: ID<Account> = try context.id("student")
        let new = NewCardSheet(
            act: try form.id("act", as: Act.self).about(student), scope: .student(student),
            key: services.keyring.current,
            mint: IDMint(at: context.now), now: context.now)
        guard let sheet = try await make(new, context) else { throw HTTPError(.notFound) }
        return .see("/card-sheets/\(sheet)")
    }

    private func make(_ new: NewCardSheet, _ context: TeacherContext) async throws -> ID<CardSheet>? {
        let teacher = context.teacher
        return try await services.database.write { try $0.makeCardSheet(new, by: teacher) }
    }

    @Sendable private func show(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now, id) = (context.teacher, context.now, try context.id("sheet", as: CardSheet.self))
        let size = try Query(request)["size"].flatMap(CardSize.init) ?? .usual
        let publicURL = services.settings.publicURL
        let secrets = CardSecrets(keyring: services.keyring) { token in
            Redacted(publicURL.address("/activate/\(token.value)"))
        }
        let entry = ID<AuditEntry>.new(at: now)
        let showing = try await services.database.write {
            try $0.showCardSheet(id, to: teacher, secrets: secrets, entry: entry, at: now)
        }
        switch showing {
        case nil: throw HTTPError(.notFound)
        case .over(let number, _):
            return try services.answer(CardSheetExpiredPage(number: number, visit: context.visit), context.visit)
        case .sheet(let sheet): return stream(CardSheetPage(sheet: sheet, size: size, visit: context.visit))
        }
    }

    /// One tracker after the other leaves as soon as it is drawn, so that memory does not grow with the sheet.
    private func stream(_ page: CardSheetPage) -> Response {
        let renderer = services.renderer
        let body = ResponseBody { writer in
            for index in 0..<page.count {
                try await writer.write(ByteBuffer(string: page.piece(index, by: renderer)))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: body)
    }

    private func draw(
        _ wish: Wish, problem: PrintPage.Problem?, act: ID<Act>, _ context: TeacherContext
    ) async throws -> Response {
        let (teacher, now) = (context.teacher, context.now)
        let (trackers, everybody) = try await services.database.read { connection in
            (
                try connection.trackers(of: teacher, at: now),
                try connection.studentCounts(of: teacher, at: now).total
            )
        }
        let page = PrintPage(
            trackers: trackers, everybody: everybody, choice: wish.choice, only: wish.only, repeatsCards: wish.repeats,
            size: wish.size, problem: problem, act: act, visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }
}

/// What a print form asks for.
private struct Wish {
    var choice: MailingChoice
    var only: PrintOnly
    var repeats = false
    var size = CardSize.usual
}
