import Core
import Storage

/// Activation emails to staff: to one of them, or to everybody Pending.
struct StaffInvitation {
    let services: Services

    /// How many mails were queued; nil where nobody in scope is chosen.
    @discardableResult
    func send(to person: ID<Account>?, act: ID<Act>, _ context: AdministratorContext) async throws -> Int? {
        let (administrator, now) = (context.administrator, context.now)
        let new = NewMailing(
            act: act, choice: MailingChoice(allTrackers: true), message: "", sender: context.person,
            mint: IDMint(at: now), now: now)
        let count: Int? = try await services.database.write { connection in
            try connection.inviteStaff(new, only: person, by: administrator).map { mailing in
                try connection.value("SELECT count(*) AS value FROM mail WHERE mailing_id = \(mailing)") ?? 0
            }
        }
        services.nudgePostman()
        return count
    }
}
