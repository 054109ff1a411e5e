import Core
import Hummingbird
import Storage

/// Mails everybody Pending in one press, after a page that says who gets a mail and who does not.
struct StaffSendController {
    let services: Services

    func routes(_ administrator: RouterGroup<AdministratorContext>) {
        administrator.get("admin/staff/send", use: ask)
        administrator.post("admin/staff/send", use: send)
    }

    @Sendable private func ask(_ request: Request, context: AdministratorContext) async throws -> Response {
        let (administrator, now) = (context.administrator, context.now)
        let preview = try await services.database.read { try $0.previewStaffMailing(by: administrator, at: now) }
        var letter: LetterPreview?
        if let reader = preview.reader {
            let draft = MailDraft(.staffActivation, from: context.person)
            letter = try await services.preview(draft, to: reader.id, at: now).map(LetterPreview.init)
        }
        return try services.answer(
            StaffSendPage(preview, letter: letter, act: .new(at: now), visit: context.visit), context.visit
        ).showingMail()
    }

    @Sendable private func send(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act"])
        let (administrator, now) = (context.administrator, context.now)
        let new = NewMailing(
            act: try form.id("act"), choice: MailingChoice(allSchools: true), message: "", sender: context.person,
            undoUntil: now + Mailing.undo, mint: IDMint(at: now), now: now)
        let mailing = try await services.database.write { try $0.invitePendingStaff(new, by: administrator) }
        services.nudgePostman()
        // With nobody to mail, the same page says why.
        return .see(mailing.map { "/mailings/\($0)" } ?? "\(StaffReturn.list)/send")
    }
}
