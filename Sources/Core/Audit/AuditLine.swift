/// One line of the audit, as an administrator reads it. Names are those of now; secrets never get here.
package struct AuditLine: Sendable, Equatable {
    /// Where the line stands in its table; only to tell lines apart.
    package let id: String
    package let at: Timestamp
    /// Who did it; nil for the system itself or the command line.
    package let actor: String?
    /// What was done: an `AuditAct` raw value, or a later version's, shown as it stands.
    package let act: String
    /// To whom or what: a person's, school's or file's name; nil when the act names nothing.
    package let subject: String?
    /// How many were touched, where the act has a count.
    package let count: Int?
    /// The number of the card sheet, where the act has one.
    package let sheet: Int?
    package init(
        id: String, at: Timestamp, actor: String?, act: String, subject: String? = nil, count: Int? = nil,
        sheet: Int? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.act = act
        self.subject = subject
        self.count = count
        self.sheet = sheet
    }
}

/// One page of the audit, newest first.
package struct AuditList: Sendable, Equatable {
    package let lines: [AuditLine]
    /// Where the next, older page begins; nil on the last page.
    package let next: String?
    package init(lines: [AuditLine], next: String?) {
        self.lines = lines
        self.next = next
    }
}
