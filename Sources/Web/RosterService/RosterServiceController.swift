import Core
import Foundation
import Hummingbird
import Rendering
import Storage

/// The OneRoster service of the student system. Only for administrators of the whole district.
struct RosterServiceController {
    let services: Services
    private static let path = "/admin/roster-service"

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/roster-service", use: show)
        district.post("admin/roster-service", use: save)
        district.post("admin/roster-service/reading", use: read)
        district.post("admin/roster-service/removal", use: remove)
    }

    @Sendable private func show(_ request: Request, context: DistrictContext) async throws -> Response {
        try await draw(context)
    }

    @Sendable private func save(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: RosterServiceForm.fields)
        let typed = RosterServiceForm(form)
        let words = context.visit.words
        // What is copied from a page often has a blank or a line's end behind it.
        let text = (form.optional("secret") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        let secret = text.isEmpty ? nil : Redacted(text)
        guard !typed.client.isEmpty else {
            return try await draw(context, typed: typed, problem: words("Enter the client id, or the key."))
        }
        let (service, person, now, keyring) = (typed.service, context.person.id, context.now, services.keyring)
        let entry = ID<AuditEntry>.new(at: now)
        do {
            try services.rosters.client.check(RosterServiceAccess(service: service, secret: secret ?? Redacted("")))
            try await services.database.write {
                try $0.save(service, secret: secret, keyring: keyring, by: person, entry: entry, at: now)
            }
            return .see(Self.path)
        } catch let refused as RosterRefused {
            return try await draw(
                context, typed: typed, problem: words.message(refused.reason, ["value": refused.value]))
        } catch RosterServiceRefused.secretMissing {
            return try await draw(
                context, typed: typed,
                problem: words(
                    "Enter the secret: one that was saved is never sent to another address, or for another id."))
        }
    }

    @Sendable private func read(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "pull"])
        guard let pull = RosterPull(rawValue: try form.text("pull")) else { throw BadForm.invalid(field: "pull") }
        do {
            let sync = try await services.rosters.beginPull(pull, by: context.person.id)
            return .see("/admin/roster-syncs/\(sync)")
        } catch RosterSyncRefused.busy {
            let problem = context.visit.words.anotherRosterIsUnderWay
            return try await draw(context, problem: problem, status: .conflict)
        } catch RosterSyncRefused.notFound {
            return .see(Self.path)
        }
    }

    @Sendable private func remove(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let (person, now) = (context.person.id, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write { try $0.removeRosterService(by: person, entry: entry, at: now) }
        return .see(Self.path)
    }

    private func draw(
        _ context: DistrictContext, typed: RosterServiceForm? = nil, problem: String? = nil,
        status: HTTPResponse.Status? = nil
    ) async throws -> Response {
        let now = context.now
        let zone = context.visit.zone
        let (schedule, past, last) = try await services.database.read { connection in
            let past = try connection.pulledRosters()
            return (
                try connection.rosterSchedule(in: zone), past,
                try past.first.flatMap { try connection.rosterPlan($0.id) }
            )
        }
        let page = RosterServicePage(
            typed ?? schedule.map { RosterServiceForm($0.service) } ?? RosterServiceForm(), isSaved: schedule != nil,
            last: last,
            next: schedule?.next(after: now, past), problem: problem, act: ID<Act>.new(at: now).description,
            visit: context.visit)
        return try services.answer(
            page, context.visit, status: status ?? (problem == nil ? .ok : .unprocessableContent))
    }
}
