import Core
import Hummingbird
import Rendering
import Storage

/// Who mails are from: a school's administrators set it for their school, the district's for all.
struct MailSendersController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/mail/senders", use: list)
        administrator.get("admin/mail/senders/{place}", use: show)
        administrator.post("admin/mail/senders/{place}", use: save)
    }

    @Sendable private func list(_ request: Request, context: AdministratorContext) async throws -> Response {
        let administrator = context.administrator
        let lines = try await services.database.read { connection in
            let district = try connection.mailSender(.district, for: administrator)
            return [district].compactMap(\.self) + (try connection.mailSenders(for: administrator))
        }
        return try services.answer(MailSendersPage(lines, visit: context.visit), context.visit)
    }

    @Sendable private func show(_ request: Request, context: AdministratorContext) async throws -> Response {
        let line = try await line(of: place(context), context)
        let note =
            try Query(request)["saved"] == nil
            ? nil
            : AdminNote.good(
                context.visit.words("That is saved. Mails for which Send is pressed from now on say so."))
        return try services.answer(
            MailSenderPage(
                line, typed: MailSenderForm(line.sender), note: note, act: .new(at: context.now), visit: context.visit),
            context.visit)
    }

    @Sendable private func save(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (place, now, words) = (try place(context), context.now, context.visit.words)
        let line = try await line(of: place, context)
        let form = try await Form(request, fields: ["act", "base", "name", "reply-to", "signature"], limit: 65_536)
        let typed = try MailSenderForm(form)
        let act: ID<Act> = try form.id("act")
        guard let base = Int(try form.text("base")) else { throw BadForm.invalid(field: "base") }
        let sender: MailSender
        do { sender = try typed.sender() } catch {
            let page = MailSenderPage(
                line, typed: typed, trouble: error,
                note: .bad(words("Nothing is saved yet. Mend what is marked below.")),
                base: base, act: act, visit: context.visit)
            return try services.answer(page, context.visit, status: .unprocessableContent)
        }
        let change = MailEdition.Change(
            act: act, base: base, by: context.administrator, entry: .new(at: now), at: now)
        switch try await services.database.write({ try $0.save(sender, for: place, change) }) {
        case .saved: return .see(PageAddress(MailSendersPage.href(place), ["saved": "1"]))
        case .notFound: throw HTTPError(.notFound)
        case .overtaken:
            let note = AdminNote.bad(
                words(
                    "Somebody else has saved other words since you opened this page. Yours stand below and are not saved. Press Save to put them in the place of theirs."
                ))
            let page = MailSenderPage(
                try await self.line(of: place, context), typed: typed, note: note, isOvertaken: true,
                act: .new(at: now), visit: context.visit)
            return try services.answer(page, context.visit, status: .conflict)
        }
    }

    private func place(_ context: AdministratorContext) throws -> MailSenderPlace {
        if context.parameters.get("place") == "district" { return .district }
        return .school(try context.id("place"))
    }

    private func line(of place: MailSenderPlace, _ context: AdministratorContext) async throws -> MailSenderLine {
        let administrator = context.administrator
        let line = try await services.database.read { try $0.mailSender(place, for: administrator) }
        guard let line else { throw HTTPError(.notFound) }
        return line
    }
}
