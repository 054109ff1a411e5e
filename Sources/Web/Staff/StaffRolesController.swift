import Core
import Hummingbird
import Storage

/// Who administers what: only administrators of the whole district decide, and never about themselves.
struct StaffRolesController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/staff/{person}/role", use: ask)
        district.post("admin/staff/{person}/role", use: change)
        district.post("admin/staff/{person}/dismissal", use: dismiss)
    }

    @Sendable private func ask(_ request: Request, context: DistrictContext) async throws -> Response {
        let (administrator, id) = (context.administrator, try context.id("person", as: Account.self))
        guard id != administrator.id else { throw OwnRole() }
        let (person, reach, claimed) = try await services.database.read { connection in
            (
                try connection.staffMember(id, visibleTo: administrator), try connection.reach(of: id),
                try connection.claimedSchools(of: id)
            )
        }
        guard let person else { throw HTTPError(.notFound) }
        // What the roster claims is ticked already; nothing is granted before the press.
        let isProposed = reach == nil && person.roleWaits && !claimed.isEmpty
        return try await draw(person, isProposed ? .schools(claimed) : reach, problem: nil, context)
    }

    @Sendable private func change(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "role"], lists: ["school"], limit: 262_144)
        let (administrator, now) = (context.administrator, context.now)
        let id: ID<Account> = try context.id("person")
        let reach: AdministratorReach? =
            switch try form.text("role") {
            case "none": nil
            case "district": .district
            case "schools": .schools(try form.ids("school"))
            default: throw BadForm.invalid(field: "role")
            }
        let entry = ID<AuditEntry>.new(at: now)
        let outcome = try await services.database.write {
            try $0.changeRole(of: id, to: reach, by: administrator, entry: entry, at: now)
        }
        switch outcome {
        case .done: return .see(StaffReturn.address("\(StaffReturn.list)/\(id)", done: .roleChanged, to: id))
        case .notFound: throw HTTPError(.notFound)
        case .oneself: throw OwnRole()
        case .suspended, .noSchool:
            guard let person = try await services.database.read({ try $0.staffMember(id, visibleTo: administrator) })
            else { throw HTTPError(.notFound) }
            return try await draw(person, reach, problem: outcome == .noSchool ? .noSchool : .suspended, context)
        }
    }

    @Sendable private func dismiss(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return"])
        let (administrator, now) = (context.administrator, context.now)
        let id: ID<Account> = try context.id("person")
        let entry = ID<AuditEntry>.new(at: now)
        guard
            try await services.database.write({
                try $0.dismissClaims(of: id, by: administrator, entry: entry, at: now)
            })
        else { throw HTTPError(.notFound) }
        return .see(StaffReturn.address(form.optional("return"), done: .dismissed, to: id))
    }

    private func draw(
        _ person: StaffLine, _ chosen: AdministratorReach?, problem: StaffRolePage.Problem?, _ context: DistrictContext
    ) async throws -> Response {
        let administrator = context.administrator
        let schools = try await services.database.read { try $0.openSchools(of: administrator) }
        let page = StaffRolePage(
            person, chosen: chosen, schools: schools, problem: problem, act: .new(at: context.now),
            visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }
}

/// Somebody would change their own role: said as a page, nothing was done.
struct OwnRole: Error {}
