import Core
import Hummingbird
import Rendering
import Storage

/// Rows of a roster that may be somebody here: one question each, for administrators whose scope has both.
struct SamePersonController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/same-person", use: list)
        administrator.post("admin/same-person/alike", use: answerAlike)
        administrator.post("admin/same-person/{match}", use: answer)
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        try await draw(after: try Query(request)["after"], note: nil, context)
    }

    @Sendable private func answer(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "answer", "return"])
        let match: ID<PersonMatch> = try context.id("match")
        let isSame: Bool
        switch try form.text("answer") {
        case "same": isSame = true
        case "two": isSame = false
        default: throw BadForm.invalid(field: "answer")
        }
        let (administrator, now) = (context.administrator, context.now)
        let entry = ID<AuditEntry>.new(at: now)
        let words = context.visit.words
        switch try await services.database.write({ connection in
            try connection.answer(match, isSame: isSame, by: administrator, entry: entry, at: now)
        }) {
        case nil: throw HTTPError(.notFound)
        case .saved:
            let back = LocalPath.allowed(form.optional("return"))
            return .see(back.flatMap { $0.hasPrefix("/admin/") ? $0 : nil } ?? "/admin/same-person")
        case .answered(let name, let isSame):
            let note =
                isSame
                ? words("{name} has answered already: the same person. Your answer changed nothing.", ["name": name])
                : words("{name} has answered already: two persons. Your answer changed nothing.", ["name": name])
            return try await draw(after: nil, note: .bad(note), context, .conflict)
        case .gone:
            let note = words("This question is settled: the person was linked meanwhile. Nothing was changed.")
            return try await draw(after: nil, note: .bad(note), context, .conflict)
        }
    }

    /// "The same person" to every question about a changed id in which the name is the same too, a few at a time.
    @Sendable private func answerAlike(_ request: Request, context: AdministratorContext) async throws -> Response {
        _ = try await Form(request, fields: ["act"])
        let (administrator, now) = (context.administrator, context.now)
        var isMore = true
        while isMore {
            let mint = IDMint(at: now)
            isMore = try await services.database.write { connection in
                let matches = try connection.alikeMatches(for: administrator, limit: 50)
                var mint = mint
                for match in matches {
                    _ = try connection.answer(match, isSame: true, by: administrator, entry: mint.next(), at: now)
                }
                return !matches.isEmpty
            }
        }
        return .see("/admin/same-person")
    }

    private func draw(
        after: String?, note: AdminNote?, _ context: AdministratorContext, _ status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let administrator = context.administrator
        let (list, alike) = try await services.database.read {
            (
                try $0.openMatches(for: administrator, after: after),
                try $0.alikeMatchCount(for: administrator)
            )
        }
        let page = SamePersonPage(
            list, alike: alike, isFirst: after == nil, hasDistrict: administrator.hasDistrict, note: note,
            act: .new(at: context.now),
            visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }
}
