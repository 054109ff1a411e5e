/// What the audit is narrowed to. An id from outside the scope of whoever asks finds nothing.
package struct AuditFilter: Sendable, Equatable {
    /// Who did it.
    package var actor: ID<Account>?
    /// To whom it was done.
    package var subject: ID<Account>?
    package var school: ID<School>?
    package var kind: AuditKind?
    /// The first moment.
    package var from: Timestamp?
    /// The moment after the last.
    package var until: Timestamp?
    /// The last line of the page before this one, as `AuditList.next` gave it; nil for the first page.
    package var after: ID<AuditEntry>?

    package init(
        actor: ID<Account>? = nil, subject: ID<Account>? = nil, school: ID<School>? = nil, kind: AuditKind? = nil,
        from: Timestamp? = nil, until: Timestamp? = nil, after: ID<AuditEntry>? = nil
    ) {
        self.actor = actor
        self.subject = subject
        self.school = school
        self.kind = kind
        self.from = from
        self.until = until
        self.after = after
    }
}
