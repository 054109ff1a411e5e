import Core
import Hummingbird
import Storage

/// Trackers that an administrator gives to aides and others; no roster takes them away.
struct StaffTrackersController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/staff/{person}/trackers", use: choose)
        administrator.post("admin/staff/{person}/trackers", use: give)
        administrator.post("admin/staff/{person}/trackers/{tracker}/end", use: take)
    }

    @Sendable private func choose(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, id) = (context.administrator, try context.id("person", as: Account.self))
        let search = String((try Query(request)["q"] ?? "").prefix(200))
        let (person, trackers) = try await services.database.read { connection in
            (
                try connection.staffMember(id, visibleTo: administrator),
                try connection.trackersToGive(
                    to: id, search: search, by: administrator, limit: StaffTrackersPage.limit + 1)
            )
        }
        guard let person, person.state != .suspended else { throw HTTPError(.notFound) }
        let page = StaffTrackersPage(
            person, trackers: trackers, search: search, act: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func give(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "tracker"])
        let tracker: ID<Tracker> = try form.id("tracker")
        return try await press(.trackerGiven, context) {
            try $0.giveTracker(tracker, to: $1, by: $2, entry: $3, at: $4)
        }
    }

    @Sendable private func take(_ request: Request, context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act", "return"])
        let tracker: ID<Tracker> = try context.id("tracker")
        return try await press(.trackerTaken, context) {
            try $0.takeTracker(tracker, from: $1, by: $2, entry: $3, at: $4)
        }
    }

    private func press(
        _ notice: StaffNotice, _ context: AdministratorContext,
        _ work:
            @escaping @Sendable (
                any Connection, ID<Account>, Administrator, ID<AuditEntry>, Timestamp
            ) throws -> Bool
    ) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let person: ID<Account> = try context.id("person")
        let entry = ID<AuditEntry>.new(at: now)
        guard try await services.database.write({ try work($0, person, administrator, entry, now) }) else {
            throw HTTPError(.notFound)
        }
        return .see(StaffReturn.address("\(StaffReturn.list)/\(person)", done: notice, to: person))
    }
}
