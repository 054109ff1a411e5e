import Core
import Hummingbird
import Storage

/// One student or member of staff by hand: adding, changing, taking out and letting in again.
struct ByHandController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/students/new") { try await askNew(.student, $0, $1) }
        administrator.post("admin/students/new") { try await add(.student, $0, $1) }
        administrator.get("admin/students/{student}/edit") { try await askChange(.student, $0, $1) }
        administrator.post("admin/students/{student}/edit") { try await change(.student, $0, $1) }
        administrator.post("admin/students/{student}/suspend", use: takeOut)
        administrator.post("admin/students/{student}/revive", use: letIn)
        administrator.get("admin/staff/new") { try await askNew(.staff, $0, $1) }
        administrator.post("admin/staff/new") { try await add(.staff, $0, $1) }
        administrator.get("admin/staff/{person}/edit") { try await askChange(.staff, $0, $1) }
        administrator.post("admin/staff/{person}/edit") { try await change(.staff, $0, $1) }
    }

    private func askNew(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let query = try Query(request)
        let administrator = context.administrator
        let schools = try await services.database.read { try $0.schoolsByHand(of: administrator) }
        var typed = TypedPerson()
        let wished = query["school"].flatMap(ID<School>.init)
        typed.schools = schools.map(\.id).filter { schools.count == 1 || $0 == wished }
        return try await draw(PersonForm(kind: kind, typed: typed, act: .new(at: context.now)), context)
    }

    private func add(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws -> Response
    {
        let form = try await PersonForm(request, kind: kind)
        if form.isOnlyShown { return try await draw(form, context) }
        let (administrator, maker) = (context.administrator, services.rosters.maker)
        let new = NewPersonByHand(
            kind: kind, typed: form.typed, act: form.act, others: form.others, mint: IDMint(at: context.now),
            now: context.now)
        let adding = try await services.database.write { try $0.addByHand(new, maker: maker, by: administrator) }
        switch adding {
        case nil: throw HTTPError(.notFound)
        case .added(let person): return try await goOn(form, with: person, context)
        case .problems(let problems):
            return try await draw(form, context, .unprocessableContent) { $0.problems = problems }
        case .alreadyThere(let there): return try await draw(form, context, .conflict) { $0.there = there }
        }
    }

    /// Print at once, mail at once, or look at who was added.
    private func goOn(
        _ form: PersonForm, with person: ID<Account>, _ context: AdministratorContext
    ) async throws -> Response {
        switch (form.kind, form.then) {
        case (.student, "print"):
            let new = NewCardSheet(
                act: form.act.about(person), scope: .student(person), key: services.keyring.current,
                mint: IDMint(at: context.now), now: context.now)
            let maker = context.viewer
            let sheet = try await services.database.write { try $0.makeCardSheet(new, by: maker) }
            return .see(sheet.map { "/card-sheets/\($0)" } ?? "/admin/students/\(person)")
        case (.student, _): return .see("/admin/students/\(person)")
        case (.staff, let then):
            if then == "mail", !form.typed.address.isEmpty {
                try await StaffInvitation(services: services).send(to: person, act: form.act.about(person), context)
                return .see(StaffReturn.address("/admin/staff/\(person)", done: .mailed, to: person))
            }
            return .see("/admin/staff/\(person)")
        }
    }

    private func askChange(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        let person = try await person(kind, context)
        return try await draw(PersonForm(kind: kind, typed: person.typed, act: .new(at: context.now)), context) {
            $0.person = person
        }
    }

    private func change(_ kind: AccountKind, _ request: Request, _ context: AdministratorContext) async throws
        -> Response
    {
        var form = try await PersonForm(request, kind: kind)
        let person = try await person(kind, context)
        if !person.isFree { form.typed.schools = person.typed.schools }
        if form.isOnlyShown { return try await draw(form, context) { $0.person = person } }
        guard let stamp = form.stamp else { throw BadForm.missing(field: "stamp") }
        let administrator = context.administrator
        let change = HandChange(
            person: person.id, kind: kind, typed: form.typed, stamp: stamp, others: form.others,
            entry: .new(at: context.now), now: context.now)
        let changing = try await services.database.write { try $0.changeByHand(change, by: administrator) }
        switch changing {
        case nil: throw HTTPError(.notFound)
        case .saved:
            return .see("\(kind.list)/\(person.id)")
        case .problems(let problems):
            return try await draw(form, context, .unprocessableContent) {
                $0.person = person
                $0.problems = problems
            }
        case .alreadyThere(let there):
            return try await draw(form, context, .conflict) {
                $0.person = person
                $0.there = there
            }
        case .stale(let newer):
            return try await draw(form, context, .conflict) {
                $0.person = newer
                $0.newer = newer
            }
        }
    }

    @Sendable private func takeOut(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let (administrator, now) = (context.administrator, context.now)
        let student: ID<Account> = try context.id("student")
        let entry = ID<AuditEntry>.new(at: now)
        let isFound = try await services.database.write {
            try $0.takeOut(student, by: administrator, entry: entry, at: now)
        }
        guard isFound else { throw HTTPError(.notFound) }
        return .see("/admin/students/\(student)")
    }

    @Sendable private func letIn(_ request: Request, _ context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let (administrator, now) = (context.administrator, context.now)
        let student: ID<Account> = try context.id("student")
        let entry = ID<AuditEntry>.new(at: now)
        let outcome = try await services.database.write {
            try $0.letIn(student, by: administrator, entry: entry, at: now)
        }
        switch outcome {
        case .notFound: throw HTTPError(.notFound)
        case .done: return .see("/admin/students/\(student)")
        // That page says who can.
        case .beyond: return .see("/admin/students/\(student)/edit#out")
        }
    }

    private func person(_ kind: AccountKind, _ context: AdministratorContext) async throws -> PersonByHand {
        let id: ID<Account> = try context.id(kind == .student ? "student" : "person")
        let administrator = context.administrator
        let found = try await services.database.read { try $0.personByHand(id, kind, visibleTo: administrator) }
        guard let found else { throw HTTPError(.notFound) }
        return found
    }

    private func draw(
        _ form: PersonForm, _ context: AdministratorContext, _ status: HTTPResponse.Status = .ok,
        _ fill: (inout PersonFormPage.Drawing) -> Void = { _ in }
    ) async throws -> Response {
        let (administrator, maker, typed) = (context.administrator, services.rosters.maker, form.typed)
        let day = SchoolDay(context.now, in: context.visit.zone)
        let (schools, places, username) = try await services.database.read { connection in
            (
                try connection.schoolsByHand(of: administrator),
                try connection.placesByHand(in: typed.schools, of: administrator, on: day),
                typed.givenName.isEmpty && typed.familyName.isEmpty ? nil : try connection.usernameFor(typed, maker)
            )
        }
        var drawing = PersonFormPage.Drawing(
            kind: form.kind, typed: typed, schools: schools, places: places, act: form.act)
        drawing.username = username
        fill(&drawing)
        return try services.answer(PersonFormPage(drawing, visit: context.visit), context.visit, status: status)
    }
}
