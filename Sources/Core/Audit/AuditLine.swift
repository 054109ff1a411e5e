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

/// What the audit knows. Raw values are stored; never change one that has been released.
package enum AuditAct: String, Sendable, CaseIterable {
    case signedIn = "signed-in"
    case signInRefused = "sign-in-refused"
    case sessionsEnded = "sessions-ended"
    case passwordChosen = "password-chosen"
    case passwordChanged = "password-changed"
    case passwordReset = "password-reset"
    case waitLifted = "wait-lifted"
    case mailingSent = "mailing-sent"
    case mailSentAgain = "mail-sent-again"
    case cardSheetMade = "card-sheet-made"
    case cardSheetShown = "card-sheet-shown"
    case temporaryPasswordShown = "temporary-password-shown"
    case staffAdded = "staff-added"
    case staffMailed = "staff-mailed"
    case staffLinkMade = "staff-link-made"
    case rosterRead = "roster-read"
    case rosterApplied = "roster-applied"
    case rosterRemovalsConfirmed = "roster-removals-confirmed"
    case rosterDiscarded = "roster-discarded"
    case accountSuspended = "account-suspended"
    case accountRevived = "account-revived"
    case addressChanged = "address-changed"
    case addressMarkedBad = "address-marked-bad"
    case letterShown = "letter-shown"
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
