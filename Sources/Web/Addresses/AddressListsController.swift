import Core
import Hummingbird
import Rendering
import Storage

/// Lists of addresses: upload, look at what would change, confirm. And who may correct a single address.
struct AddressListsController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/addresses", use: list)
        administrator.post("admin/addresses", use: upload)
        administrator.get("admin/addresses/{list}", use: show)
        administrator.get("admin/addresses/{list}/{finding}", use: lines)
        administrator.post("admin/addresses/{list}/apply", use: apply)
    }

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.post("admin/addresses/rule", use: rule)
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        let administrator = context.administrator
        let (lists, may) = try await services.database.read { connection in
            (try connection.addressLists(for: administrator), try connection.teachersCorrectAddresses())
        }
        let note = try Query(request)["rule"] == nil ? nil : AdminNote.good(context.visit.words("That is so now."))
        let page = AddressesPage(
            lists, teachersMay: administrator.hasDistrict ? may : nil, note: note, limit: Self.limit,
            act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func upload(_ request: Request, context: AdministratorContext) async throws -> Response {
        let upload = try await Upload(
            request, file: "file", fields: ["act"], folder: services.uploads, limit: Self.limit << 20)
        let list = try await services.addressLists.begin(
            upload: upload.file, fileName: upload.name, act: try upload.id("act"), by: context.administrator)
        return .see("/admin/addresses/\(list)")
    }

    @Sendable private func show(_ request: Request, context: AdministratorContext) async throws -> Response {
        try await draw(try context.id("list"), note: nil, context)
    }

    @Sendable private func lines(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, id) = (context.administrator, try context.id("list", as: AddressList.self))
        guard let finding = context.parameters.get("finding").flatMap(AddressFinding.init) else {
            throw HTTPError(.notFound)
        }
        let after = try Query(request)["after"].flatMap(Int.init) ?? 0
        let found = try await services.database.read { connection in
            try connection.addressList(id, for: administrator).map { list in
                let lines = try connection.addressLines(
                    of: id, finding, after: after, limit: Self.page + 1, for: administrator)
                return (list, lines)
            }
        }
        guard let (list, lines) = found else { throw HTTPError(.notFound) }
        let next = lines.count > Self.page ? lines[Self.page - 1].line : nil
        let page = AddressLinesPage(
            list, finding, Array(lines.prefix(Self.page)), isFirst: after == 0, next: next, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func apply(_ request: Request, context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let id: ID<AddressList> = try context.id("list")
        guard try await services.addressLists.confirm(id, by: context.administrator) else {
            let note = AdminNote.bad(
                context.visit.words("This preview is over, so nothing was changed. Upload the list again."))
            return try await draw(id, note: note, context, status: .conflict)
        }
        services.nudgePostman()
        return .see("/admin/addresses/\(id)")
    }

    @Sendable private func rule(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "teachers"])
        guard let may = ["on": true, "off": false][try form.text("teachers")] else {
            throw BadForm.invalid(field: "teachers")
        }
        let (person, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write {
            try $0.letTeachersCorrectAddresses(may, by: person, entry: entry, at: now)
        }
        return .see("/admin/addresses?rule=set")
    }

    private func draw(
        _ id: ID<AddressList>, note: AdminNote?, _ context: AdministratorContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let administrator = context.administrator
        let found = try await services.database.read { connection in
            try connection.addressList(id, for: administrator).map { list in
                var lines: [AddressFinding: [AddressLine]] = [:]
                for finding in AddressFinding.allCases where list[finding] > 0 {
                    lines[finding] = try connection.addressLines(
                        of: id, finding, limit: AddressGroup.shown, for: administrator)
                }
                return (list, lines)
            }
        }
        guard let (list, lines) = found else { throw HTTPError(.notFound) }
        let page = AddressListPage(list, lines: lines, note: note, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    /// MiB of a list (design section 8).
    private static let limit = 64
    /// Lines on a page of one finding.
    private static let page = 200
}
