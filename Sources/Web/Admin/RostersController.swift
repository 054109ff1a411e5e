import Core
import Foundation
import Hummingbird
import Rendering
import Storage

/// Roster syncs: upload, look at the plan, confirm removals, apply. Only for administrators of the whole district.
struct RostersController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/roster-syncs", use: list)
        district.post("admin/roster-syncs", use: upload)
        district.get("admin/roster-syncs/{sync}", use: show)
        district.get("admin/roster-syncs/{sync}/changes.csv", use: export)
        district.post("admin/roster-syncs/{sync}/apply", use: apply)
        district.post("admin/roster-syncs/{sync}/discard", use: discard)
        district.post("admin/roster-syncs/{sync}/undo", use: undo)
        district.get("admin/roster-syncs/{sync}/schools/{school}", use: people)
        district.post("admin/roster-syncs/{sync}/schools/{school}/confirmation", use: confirm)
    }

    @Sendable private func list(_ request: Request, context: DistrictContext) async throws -> Response {
        try await drawList(after: try Query(request)["after"], problem: nil, context)
    }

    @Sendable private func upload(_ request: Request, context: DistrictContext) async throws -> Response {
        let upload = try await Upload(
            request, file: "file", fields: ["act", "format"], folder: services.uploads, limit: Self.limit << 20)
        do {
            // A format that nobody offers is none: the files tell.
            let sync = try await services.rosters.begin(
                upload: upload.file, fileName: upload.name,
                as: upload.optional("format").flatMap(RosterFormat.init), by: context.person.id)
            return .see("/admin/roster-syncs/\(sync)")
        } catch RosterSyncRefused.busy {
            let problem = context.visit.words.anotherRosterIsUnderWay
            return try await drawList(after: nil, problem: problem, context, status: .conflict)
        }
    }

    @Sendable private func show(_ request: Request, context: DistrictContext) async throws -> Response {
        try await draw(try context.id("sync"), problem: nil, context)
    }

    @Sendable private func export(_ request: Request, context: DistrictContext) async throws -> Response {
        let id: ID<RosterSync> = try context.id("sync")
        guard let report = try await services.database.read({ try $0.rosterPlan(id) }), report.isOpen else {
            throw HTTPError(.notFound)
        }
        let day = SchoolDay(report.sync.madeAt, in: context.visit.zone).today
        return RosterPlanExport(report: report, rosters: services.rosters, words: context.visit.words)
            .response(named: "roster-plan-\(day).csv")
    }

    @Sendable private func apply(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let id: ID<RosterSync> = try context.id("sync")
        return try await refusing(id, context) {
            try await services.rosters.beginApplying(id, by: context.person.id)
            return id
        }
    }

    @Sendable private func confirm(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "students", "staff", "changes", "yes"])
        let id: ID<RosterSync> = try context.id("sync")
        guard form.optional("yes") == "yes" else { return .see("/admin/roster-syncs/\(id)") }
        let key = try schoolKey(context)
        let school = key == "all" ? nil : key
        guard let report = try await services.database.read({ try $0.rosterPlan(id) }),
            let leaving = report.leaving(of: school)
        else { throw HTTPError(.notFound) }
        guard form.optional("students") == "\(leaving.students)", form.optional("staff") == "\(leaving.staff)",
            form.optional("changes") ?? "0" == "\(leaving.changes)"
        else {
            let problem = context.visit.words(
                "The numbers that you confirmed are not those of this plan, so nothing was done. Look at them here and confirm again."
            )
            return try await draw(id, problem: problem, context, status: .conflict)
        }
        return try await refusing(id, context) {
            try await services.rosters.confirm(id, school: school, by: context.person.id)
            return id
        }
    }

    @Sendable private func discard(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let id: ID<RosterSync> = try context.id("sync")
        guard try await services.database.read({ try $0.rosterPlan(id) }) != nil else { throw HTTPError(.notFound) }
        return try await refusing(id, context) {
            try await services.rosters.discard(id, by: context.person.id)
            return id
        }
    }

    /// Plans the way back: the plan has a page of its own.
    @Sendable private func undo(_ request: Request, context: DistrictContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let id: ID<RosterSync> = try context.id("sync")
        return try await refusing(id, context) {
            try await services.rosters.beginUndo(of: id, by: context.person.id)
        }
    }

    @Sendable private func people(_ request: Request, context: DistrictContext) async throws -> Response {
        let query = try Query(request)
        let change = query["change"].flatMap(RosterChangeKind.init) ?? .leaving
        let page = try await services.rosters.people(
            of: try context.id("sync"), school: try schoolKey(context), change: change, after: query["after"])
        guard let page else { throw HTTPError(.notFound) }
        return try services.answer(
            RosterPlanPeoplePage(page, isFirst: query["after"] == nil, visit: context.visit), context.visit)
    }

    private func schoolKey(_ context: DistrictContext) throws -> String {
        guard let text = context.parameters.get("school")?.removingPercentEncoding, !text.utf8.contains(0) else {
            throw HTTPError(.notFound)
        }
        return text
    }

    /// Does something with a plan and goes to the one that comes of it; why it was not done is said on the plan's page.
    private func refusing(
        _ id: ID<RosterSync>, _ context: DistrictContext, _ work: () async throws -> ID<RosterSync>
    ) async throws -> Response {
        let words = context.visit.words
        do { return .see("/admin/roster-syncs/\(try await work())") } catch let refused as RosterSyncRefused {
            switch refused {
            case .notFound: throw HTTPError(.notFound)
            case .busy, .takenOver:
                return try await draw(id, problem: words.anotherRosterIsUnderWay, context, status: .conflict)
            case .notReady:
                let problem = words("This plan is no longer open, so nothing was done. Look at the newest one.")
                return try await draw(id, problem: problem, context, status: .conflict)
            case .waiting:
                let problem = words("Far too much would leave at once: confirm the whole plan first.")
                return try await draw(id, problem: problem, context, status: .conflict)
            }
        }
    }

    private func draw(
        _ id: ID<RosterSync>, problem: String?, _ context: DistrictContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let report = try await services.database.read({ try $0.rosterPlan(id) }) else {
            throw HTTPError(.notFound)
        }
        let act = ID<Act>.new(at: context.now).description
        let page = RosterPlanPage(report, problem: problem, act: act, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    private func drawList(
        after: String?, problem: String?, _ context: DistrictContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let administrator = context.administrator
        let (found, asked, format) = try await services.database.read {
            (
                try $0.rosterSyncs(after: after), try $0.openMatches(for: administrator, limit: 0).count,
                try $0.lastAskedFormat()
            )
        }
        let page = RosterSyncsPage(
            found.lines, isFirst: after == nil, next: found.next, problem: problem, limit: Self.limit,
            asked: asked, format: format, act: ID<Act>.new(at: context.now).description, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    /// MiB of a packed roster (design section 8).
    private static let limit = 512
}
