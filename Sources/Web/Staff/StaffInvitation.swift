import Core
import Storage

/// An activation email to one member of staff.
struct StaffInvitation {
    let services: Services

    /// False where nobody in scope is meant. The same act again sends nothing more.
    @discardableResult
    func send(to person: ID<Account>, act: ID<Act>, _ context: AdministratorContext) async throws -> Bool {
        let (administrator, now) = (context.administrator, context.now)
        let new = NewMailing(
            act: act, choice: MailingChoice(allSchools: true), message: "", sender: context.person,
            mint: IDMint(at: now), now: now)
        let mailing = try await services.database.write {
            try $0.inviteStaff(new, only: person, by: administrator)
        }
        services.nudgePostman()
        return mailing != nil
    }
}
