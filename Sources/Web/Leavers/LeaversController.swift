import Core
import Hummingbird
import Rendering
import Storage

/// People who left: who they are, when they are archived and erased, and erasing them. Only for administrators of the whole
/// district.
struct LeaversController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/leavers", use: show)
        district.post("admin/leavers/rules", use: rule)
        district.get("admin/leavers/people", use: people)
        district.get("admin/leavers/people.csv", use: export)
        district.get("admin/leavers/erasure", use: preview)
        district.post("admin/leavers/erasure", use: erase)
    }

    @Sendable private func show(_ request: Request, context: DistrictContext) async throws -> Response {
        let note = try Query(request)["rule"] == nil ? nil : AdminNote.good(context.visit.words("That is so now."))
        return try await draw(note: note, context)
    }

    @Sendable private func rule(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "archive", "erase", "automatic", "confirmed"])
        let typed = try LeaverRulesForm(form)
        let (person, now, words) = (context.person.id, context.now, context.visit.words)
        guard let rules = typed.rules else {
            let problem = words(
                "Give whole numbers of days from 1 to 3,650, for erasing no smaller one than for archiving. FirstBell erases by itself only after a set number of days."
            )
            return try await draw(typed: typed, note: .bad(problem), context, status: .unprocessableContent)
        }
        let (old, atOnce) = try await services.database.read {
            (try $0.leaverRules(), rules.erasesByItself ? try $0.erasableCount(under: rules, at: now) : 0)
        }
        if old != rules, atOnce > 0, typed.confirmed != "\(atOnce)" {
            let problem = words.plural(
                "With this rule FirstBell erases {count} person within minutes. Is that meant? Then press Save again.",
                "With this rule FirstBell erases {count} people within minutes. Is that meant? Then press Save again.",
                atOnce)
            return try await draw(typed: typed.asking(atOnce), note: .bad(problem), context, status: .conflict)
        }
        let entry = ID<AuditEntry>.new(at: now)
        try await services.database.write { try $0.setLeaverRules(rules, by: person, entry: entry, at: now) }
        // Most districts are done with these; housekeeping goes on with the rest.
        try await services.erasures.archive(steps: 20)
        return .see("/admin/leavers?rule=set")
    }

    @Sendable private func people(_ request: Request, context: DistrictContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let filter = try filter(request)
        let (list, counts, rules) = try await services.database.read {
            (
                try $0.leavers(of: administrator, filter: filter, at: now),
                try $0.leaverCounts(of: administrator, at: now), try $0.leaverRules()
            )
        }
        return try services.answer(
            LeaverNamesPage(list, filter: filter, counts: counts, rules: rules, visit: context.visit), context.visit)
    }

    @Sendable private func export(_ request: Request, context: DistrictContext) async throws -> Response {
        var filter = try filter(request)
        filter.after = nil
        let rules = try await services.database.read { try $0.leaverRules() }
        return LeaversExport(
            administrator: context.administrator, filter: filter, rules: rules, visit: context.visit
        ).response(from: services.database, named: "firstbell-leavers.csv")
    }

    @Sendable private func preview(_ request: Request, context: DistrictContext) async throws -> Response {
        try await drawPreview(of: LeaverFilter.Place(try Query(request)["school"]), context)
    }

    @Sendable private func erase(_ request: Request, context: DistrictContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "until", "count", "school", "yes"])
        let words = context.visit.words
        guard let place = LeaverFilter.Place(try form.text("school")), place != .nowhere else {
            throw BadForm.invalid(field: "school")
        }
        guard form.isTicked("yes") else {
            let note = AdminNote.bad(words("Nobody was erased. Tick that you have looked at who they are."))
            return try await drawPreview(of: place, note: note, context, status: .unprocessableContent)
        }
        guard let until = Int64(try form.text("until")), let count = Int(try form.text("count")) else {
            throw BadForm.invalid(field: "until")
        }
        let press = ErasurePress(
            act: try form.id("act"), until: Timestamp(milliseconds: until), school: place.school, count: count)
        switch try await services.erasures.begin(press, by: context.administrator) {
        case .begun: return .see("/admin/leavers")
        case .changed:
            let note = AdminNote.bad(
                words("These are not the people who were shown, so nobody was erased. Look again."))
            return try await drawPreview(of: place, note: note, context, status: .conflict)
        }
    }

    private func filter(_ request: Request) throws -> LeaverFilter {
        let query = try Query(request)
        guard let place = LeaverFilter.Place(query["school"]) else { throw HTTPError(.notFound) }
        return LeaverFilter(
            group: query["group"].flatMap(LeaverFilter.Group.init) ?? .left, place: place, after: query["after"])
    }

    private func draw(
        typed: LeaverRulesForm? = nil, note: AdminNote?, _ context: DistrictContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let (counts, rules, erasures) = try await services.database.read {
            (try $0.leaverCounts(of: administrator, at: now), try $0.leaverRules(), try $0.erasures())
        }
        let page = LeaversPage(
            counts, rules: rules, form: typed, erasures: erasures, note: note, act: .new(at: now), visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    private func drawPreview(
        of place: LeaverFilter.Place?, note: AdminNote? = nil, _ context: DistrictContext,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        guard let place, place != .nowhere else { throw HTTPError(.notFound) }
        let (counts, rules) = try await services.database.read {
            (try $0.leaverCounts(of: administrator, at: now), try $0.leaverRules())
        }
        let page = ErasurePage(
            counts, school: place.school, until: rules.due(at: now) ?? now, note: note, act: .new(at: now),
            visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }
}

extension LeaverFilter.Place {
    fileprivate var school: ID<School>? {
        if case .school(let school) = self { school } else { nil }
    }
}
