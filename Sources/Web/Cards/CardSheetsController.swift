import Core
import Hummingbird
import Storage

/// Print all, print one: a POST makes the sheet, a GET shows it to its maker, each showing audited; for teachers and for
/// administrators alike.
struct CardSheetsController {
    let services: Services

    /// What is done from the list of students.
    func routes<Context: StudentDoorContext>(at door: RouterGroup<Context>) {
        door.get(RouterPath(Context.door.print), use: ask)
        door.post(RouterPath(Context.door.makesSheet), use: make)
        door.post(RouterPath("\(Context.door.list)/{student}/card"), use: makeOne)
    }

    /// The sheets themselves.
    func routes(_ staff: RouterGroup<TeacherContext>) { staff.get("card-sheets/{sheet}", use: show) }

    @Sendable private func ask<Context: StudentDoorContext>(_ request: Request, context: Context) async throws
        -> Response
    {
        let query = try Query(request, lists: [Context.door.field])
        let wish = Wish(
            choice: MailingChoice(Context.door, query), only: query["only"].flatMap(PrintOnly.init) ?? .everybody)
        return try await draw(wish, problem: nil, act: .new(at: context.now), context)
    }

    @Sendable private func make<Context: StudentDoorContext>(_ request: Request, context: Context) async throws
        -> Response
    {
        let form = try await Form(
            request, fields: ["act", "all", "only", "repeat", "size"], lists: [Context.door.field], limit: 262_144)
        let act: ID<Act> = try form.id("act")
        let wish = Wish(
            choice: try MailingChoice(Context.door, form),
            only: form.optional("only").flatMap(PrintOnly.init) ?? .everybody, repeats: form.isTicked("repeat"),
            size: form.optional("size").flatMap(CardSize.init) ?? .usual)
        guard !wish.choice.isEmpty else {
            return try await draw(wish, problem: .nobodyChosen, act: act, context)
        }
        let new = NewCardSheet(
            act: act, scope: .groups(wish.choice), states: wish.only.states, repeatsCards: wish.repeats,
            key: services.keyring.current, mint: IDMint(at: context.now), now: context.now)
        switch try await CardPress(database: services.database, server: services.server).make(new, by: context.viewer) {
        case .made(let sheet):
            return .see(wish.size == .large ? "/card-sheets/\(sheet)?size=large" : "/card-sheets/\(sheet)")
        case .nobody: return try await draw(wish, problem: .nobodyToPrint, act: act, context)
        case .tooMany(let students): return try await draw(wish, problem: .tooMany(students), act: act, context)
        }
    }

    @Sendable private func makeOne<Context: StudentDoorContext>(
        _ request: Request, context: Context
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let student: ID<Account> = try context.id("student")
        let new = NewCardSheet(
            act: try form.id("act", as: Act.self).about(student), scope: .student(student),
            key: services.keyring.current,
            mint: IDMint(at: context.now), now: context.now)
        let maker = context.viewer
        guard let sheet = try await services.database.write({ try $0.makeCardSheet(new, by: maker) }) else {
            throw HTTPError(.notFound)
        }
        return .see("/card-sheets/\(sheet)")
    }

    @Sendable private func show(_ request: Request, context: TeacherContext) async throws -> Response {
        let (reader, now, id) = (context.reader, context.now, try context.id("sheet", as: CardSheet.self))
        let size = try Query(request)["size"].flatMap(CardSize.init) ?? .usual
        let publicURL = services.settings.publicURL
        let secrets = CardSecrets(keyring: services.keyring) { token in
            Redacted(publicURL.address("/activate/\(token.value)"))
        }
        let entry = ID<AuditEntry>.new(at: now)
        let opening = try await services.database.write {
            try $0.openCardSheet(id, for: reader, entry: entry, at: now)
        }
        switch opening {
        case nil: throw HTTPError(.notFound)
        case .over(let number, let forSchools):
            let page = CardSheetExpiredPage(
                number: number, at: StudentDoor(forSchools: forSchools), visit: context.visit)
            return try services.answer(page, context.visit)
        case .making(let number, let forSchools):
            let page = CardSheetWaitPage(number: number, at: StudentDoor(forSchools: forSchools), visit: context.visit)
            return try services.answer(page, context.visit)
        case .open(let heading):
            // Ten thousand passwords are computed beside the writer, not in its time.
            let sheet = try await services.database.read {
                try $0.cards(of: heading, for: reader, secrets: secrets, at: now)
            }
            return stream(CardSheetPage(sheet: sheet, size: size, visit: context.visit))
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

    private func draw<Context: StudentDoorContext>(
        _ wish: Wish, problem: PrintPage.Problem?, act: ID<Act>, _ context: Context
    ) async throws -> Response {
        let (maker, now, words) = (context.viewer, context.now, context.visit.words)
        let groups = try await services.database.read { try $0.groups(wish.choice, of: maker, words, at: now) }
        let page = PrintPage(
            Context.door, groups: groups, only: wish.only, repeatsCards: wish.repeats, size: wish.size,
            problem: problem, act: act, visit: context.visit)
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
