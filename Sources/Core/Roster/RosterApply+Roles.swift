internal import Storage

extension Connection {
    /// Writes what the roster says of roles beside teacher. It gives no right: an administrator grants or dismisses it.
    ///
    /// What was decided once is not asked again until the roster says something beyond it.
    func proposeRoles(_ step: PeopleStep, new: [String: ID<Account>]) throws {
        for person in step.people where !person.waits && (person.account != nil || person.roles != nil) {
            guard person.staged.kind == .staff, let account = person.account ?? new[person.staged.sourceID] else {
                continue
            }
            let before: RosterRoles? = try value(
                "SELECT roster_roles AS value FROM account WHERE id = \(account)", as: String.self
            ).flatMap(RosterRoles.init(text:))
            guard before != person.roles else { continue }
            let isNew = person.roles.map { !$0.saysNothingNew(beyond: before) } ?? false
            try execute(
                """
                UPDATE account SET roster_roles = \(person.roles?.text),
                  role_waits = \(isNew) OR (role_waits AND \(person.roles != nil)) WHERE id = \(account)
                """)
        }
    }
}
