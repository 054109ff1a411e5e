import Core
import Hummingbird
import Storage

/// Blackout dates: times in which no roster takes anybody out by itself. Only for administrators of the whole district.
struct BlackoutsController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/roster-syncs/blackouts", use: list)
        district.post("admin/roster-syncs/blackouts", use: add)
        district.post("admin/roster-syncs/blackouts/{blackout}/removal", use: remove)
    }

    @Sendable private func list(_ request: Request, context: DistrictContext) async throws -> Response {
        try await draw(context)
    }

    @Sendable private func add(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "school", "from", "to"])
        let typed = BlackoutForm(form)
        let id = try form.id("act", as: Blackout.self)
        let (person, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        do {
            let blackout = try typed.blackout(id, in: context.visit.zone)
            let isAdded = try await services.database.write {
                try $0.add(blackout, by: person, entry: entry, at: now)
            }
            guard isAdded else { throw BlackoutForm.Problem.noSchool }
            return .see("/admin/roster-syncs/blackouts")
        } catch let problem as BlackoutForm.Problem {
            return try await draw(context, typed: typed, problem: problem.sentence(context.visit.words))
        }
    }

    @Sendable private func remove(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let id: ID<Blackout> = try context.id("blackout")
        let (person, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write { try $0.removeBlackout(id, by: person, entry: entry, at: now) }
        return .see("/admin/roster-syncs/blackouts")
    }

    private func draw(
        _ context: DistrictContext, typed: BlackoutForm = BlackoutForm(), problem: String? = nil
    ) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let (blackouts, schools) = try await services.database.read {
            (try $0.blackouts(at: now), try $0.schoolNames(of: administrator))
        }
        let page = BlackoutsPage(
            blackouts, schools: schools, typed: typed, problem: problem, act: ID<Act>.new(at: now).description,
            visit: context.visit)
        return try services.answer(page, context.visit, status: problem == nil ? .ok : .unprocessableContent)
    }
}
