import Core
import Foundation
import Hummingbird
import Rendering
import RosterSources
import Storage

/// Schools' own lists of students: given as a file or pasted, their columns looked at once, then planned like any roster.
struct StudentListsController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/student-lists", use: all)
        district.post("admin/student-lists", use: add)
        district.get("admin/student-lists/{list}", use: show)
        district.post("admin/student-lists/{list}/file", use: takeFile)
        district.post("admin/student-lists/{list}/text", use: takeText)
        district.get("admin/student-lists/{list}/drafts/{draft}", use: columns)
        district.post("admin/student-lists/{list}/drafts/{draft}", use: say)
    }

    @Sendable private func all(_ request: Request, context: DistrictContext) async throws -> Response {
        try await drawAll(context)
    }

    @Sendable private func add(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "name"])
        let id = try form.id("act", as: SchoolList.self)
        let name = SchoolName.typed(form.optional("name") ?? "")
        guard let name else {
            return try await drawAll(context, problem: context.visit.words("Give the name of the school."))
        }
        let (person, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write {
            try $0.add(SchoolList(id: id, name: name), by: person, entry: entry, at: now)
        }
        return .see("/admin/student-lists/\(id)")
    }

    @Sendable private func show(_ request: Request, context: DistrictContext) async throws -> Response {
        try await draw(try await list(context), context)
    }

    @Sendable private func takeFile(_ request: Request, context: DistrictContext) async throws -> Response {
        let list = try await list(context)
        let upload = try await Upload(
            request, file: "file", fields: ["act"], folder: services.uploads, limit: Self.limit << 20)
        defer { try? FileManager.default.removeItem(at: upload.file) }
        return try await take(
            try Data(contentsOf: upload.file), named: upload.name, of: list, id: try upload.id("act"), context)
    }

    @Sendable private func takeText(_ request: Request, context: DistrictContext) async throws -> Response {
        let list = try await list(context)
        let form = try await Form(request, fields: ["act", "text"], limit: 4 << 20)
        let name = context.visit.words("pasted list")
        return try await take(
            Data((form.optional("text") ?? "").utf8), named: name, of: list, id: try form.id("act"), context)
    }

    /// A list whose columns were looked at before is read at once.
    private func take(
        _ bytes: Data, named name: String, of list: SchoolList, id: ID<ListDraft>, _ context: DistrictContext
    ) async throws -> Response {
        let draft = ListDraft(id: id, list: list.id, fileName: name, bytes: Array(bytes))
        do {
            let known = try draft.list().shape
            let said = list.columns.flatMap(StudentListShape.init(encoded:)).flatMap { known.taking($0) }
            if let said, said.isCertain { return try await read(draft, of: list, as: said, context) }
            let (person, now, keyring) = (context.person.id, context.now, services.keyring)
            try await services.database.write { try $0.keep(draft, by: person, keyring: keyring, at: now) }
            return .see("/admin/student-lists/\(list.id)/drafts/\(draft.id)")
        } catch let refused as RosterRefused {
            let problem = context.visit.words.message(refused.reason, ["value": refused.value])
            return try await draw(list, problem: problem, context, status: .unprocessableContent)
        } catch RosterSyncRefused.busy {
            return try await draw(
                list, problem: context.visit.words.anotherRosterIsUnderWay, context, status: .conflict)
        }
    }

    @Sendable private func columns(_ request: Request, context: DistrictContext) async throws -> Response {
        let (list, draft) = try await draft(context)
        let hasHeader = try Query(request)["header"].map { $0 == "yes" }
        let file = try draft.list()
        let shape = hasHeader.map { file.shape(hasHeader: $0) } ?? file.shape
        return try draw(shape, of: draft, in: list, context)
    }

    /// What a person says of the columns; then the list is read.
    @Sendable private func say(_ request: Request, context: DistrictContext) async throws -> Response {
        let (list, draft) = try await draft(context)
        let form = try await Form(request, fields: ["act", "header"], lists: ["column"], limit: 1 << 20)
        let shape = try draft.list().shape(hasHeader: form.optional("header") == "yes")
        let meanings = form.list("column").compactMap(StudentListMeaning.init)
        guard let said = shape.saying(meanings) else { throw BadForm.invalid(field: "column") }
        guard said.isReadable else {
            let problem = context.visit.words("No column says who the students are. Say which one holds their names.")
            return try draw(said, of: draft, in: list, problem: problem, context)
        }
        do {
            let answer = try await read(draft, of: list, as: said, context)
            try await services.database.write { connection in
                try connection.remember(columns: said.encoded, of: list.id)
                try connection.drop(draft.id)
            }
            return answer
        } catch RosterSyncRefused.busy {
            return try draw(said, of: draft, in: list, problem: context.visit.words.anotherRosterIsUnderWay, context)
        }
    }

    private func read(
        _ draft: ListDraft, of list: SchoolList, as shape: StudentListShape, _ context: DistrictContext
    ) async throws -> Response {
        let file = try draft.written(in: services.uploads)
        let sync = try await services.rosters.begin(
            list, columns: shape.encoded, upload: file, fileName: draft.fileName, by: context.person.id)
        return .see("/admin/roster-syncs/\(sync)")
    }

    private func list(_ context: DistrictContext) async throws -> SchoolList {
        let id: ID<SchoolList> = try context.id("list")
        guard let list = try await services.database.read({ try $0.schoolList(id) }) else {
            throw HTTPError(.notFound)
        }
        return list
    }

    private func draft(_ context: DistrictContext) async throws -> (SchoolList, ListDraft) {
        let list = try await list(context)
        let (id, person, now): (ID<ListDraft>, _, _) = (try context.id("draft"), context.person.id, context.now)
        let keyring = services.keyring
        let found = try await services.database.read { try $0.draft(id, of: person, keyring: keyring, at: now) }
        guard let found, found.list == list.id else { throw HTTPError(.notFound) }
        return (list, found)
    }

    private func drawAll(_ context: DistrictContext, problem: String? = nil) async throws -> Response {
        let lists = try await services.database.read { try $0.schoolLists() }
        let act = ID<Act>.new(at: context.now).description
        let page = StudentListsPage(lists, problem: problem, act: act, visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }

    private func draw(
        _ list: SchoolList, problem: String? = nil, _ context: DistrictContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let acts = [0, 1].map { _ in ID<Act>.new(at: context.now).description }
        let page = StudentListPage(list, problem: problem, limit: Self.limit, acts: acts, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    private func draw(
        _ shape: StudentListShape, of draft: ListDraft, in list: SchoolList, problem: String? = nil,
        _ context: DistrictContext
    ) throws -> Response {
        let page = ListColumnsPage(
            shape, of: draft, in: list, problem: problem, act: ID<Act>.new(at: context.now).description,
            visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }

    /// MiB of a list of students.
    private static let limit = 16
}
