package import Storage

/// An activation link that is about to be made; its randomness is drawn outside the transaction.
package struct NewLink: Sendable {
    /// Where the link is handed over: on the operator's terminal or on an administrator's page.
    package enum Origin: String, Sendable { case terminal, shown }

    package let id: ID<ActivationLink>
    package let key: KeyID
    package let origin: Origin
    package let madeAt: Timestamp
    package let endsAt: Timestamp

    /// A one-time link for staff: an hour from the terminal, a day from an administrator's page.
    package static func forStaff(origin: Origin, key: KeyID, at now: Timestamp) -> NewLink {
        let life: Span = origin == .terminal ? .hours(1) : .days(1)
        return NewLink(id: .random(), key: key, origin: origin, madeAt: now, endsAt: now + life)
    }

    /// What stands in the address behind `/activate/`. Throws when the keyring lacks the key.
    package func token(_ keyring: Keyring) throws -> Redacted<String> {
        try ActivationToken(id: id, keyID: key, keyring: keyring).text
    }
}

extension Connection {
    /// Makes a one-time link for a member of staff who has not chosen a password; older shown ones die.
    ///
    /// It settles that somebody said "This was not me": the link goes into the owner's hand, and past the mailbox.
    package func makeStaffLink(
        _ link: NewLink, for person: ID<Account>, by actor: ID<Account>?, entry: ID<AuditEntry>
    ) throws {
        try record(.staffLinkMade, by: actor, subject: person, id: entry, at: link.madeAt)
        try execute(
            """
            UPDATE activation_link SET voided_at = \(link.madeAt)
            WHERE account_id = \(person) AND origin IN ('terminal', 'shown') AND voided_at IS NULL
            """)
        try execute(
            """
            INSERT INTO activation_link (id, account_id, origin, key_id, generation, made_at, ends_at)
            SELECT \(link.id), a.id, \(link.origin.rawValue), \(link.key), a.generation, \(link.madeAt), \(link.endsAt)
            FROM account a WHERE a.id = \(person)
            """)
        try endDisowning(of: person)
    }

    /// Ends the links that an administrator was shown of a person who reaches further from now on: whoever holds one must
    /// not come in with the new rights.
    func voidShownLinks(of person: ID<Account>, at now: Timestamp) throws {
        try execute(
            """
            UPDATE activation_link SET voided_at = \(now)
            WHERE account_id = \(person) AND origin = 'shown' AND voided_at IS NULL
            """)
    }
}
