import Core
import Hummingbird
import Storage

/// The administrator's first page and the audit.
struct AdminController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin", use: overview)
        administrator.get("admin/audit", use: audit)
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

    @Sendable private func audit(_ request: Request, context: AdministratorContext) async throws -> Response {
        let administrator = context.administrator
        let after = try Query(request)["after"]
        let list = try await services.database.read { try $0.audit(for: administrator, after: after) }
        return try services.answer(AuditPage(list, isFirst: after == nil, visit: context.visit), context.visit)
    }
}
