import Core
import Hummingbird
import Storage

/// The administrator's first page: how far each school is, by day, and what to do next.
struct OverviewController {
    let services: Services

    /// How many days the plot shows.
    private static let days = 14

    func routes(_ administrator: RouterGroup<AdministratorContext>) { administrator.get("admin", use: overview) }

    @Sendable private func overview(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let question = SchoolsQuestion(try Query(request))
        let days = SchoolDay.last(Self.days, before: now, in: context.visit.zone)
        let overview = try await services.database.read { connection in
            try connection.overview(
                for: administrator, days: days, waitingPlan: connection.waitingRosterSync(for: administrator), at: now)
        }
        let page = SchoolsPage(
            overview, question: question, mail: services.mailroom.condition(), hasDistrict: administrator.hasDistrict,
            visit: context.visit)
        return try services.answer(page, context.visit)
    }
}
