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
        return try services.answer(
            StaffSendPage(preview, act: .new(at: now), visit: context.visit), context.visit)
    }

    @Sendable private func send(_ request: Request, context: AdministratorContext) async throws -> Response {
        let form = try await Form(request, fields: ["act"])
        let (administrator, now) = (context.administrator, context.now)
        let new = NewMailing(
            act: try form.id("act"), choice: MailingChoice(allSchools: true), message: "", sender: context.person,
            mint: IDMint(at: now), now: now)
        let queued: Int? = try await services.database.write { connection in
            try connection.invitePendingStaff(new, by: administrator).map { try connection.mailsExpected(of: $0) }
        }
        services.nudgePostman()
        return .see("\(StaffReturn.list)?queued=\(queued ?? 0)")
    }
}
