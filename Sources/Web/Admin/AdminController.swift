import Core
import Hummingbird
import Storage

/// The administrator's first page.
struct AdminController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin", use: overview)
    }

    @Sendable private func overview(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let overview = try await services.database.read { connection in
            try connection.overview(
                for: administrator, waitingPlan: connection.waitingRosterSync(for: administrator),
                at: now)
        }
        return try services.answer(SchoolsPage(overview, visit: context.visit), context.visit)
    }
}
