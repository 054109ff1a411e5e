/// One line of the audit. Owner of ids.
package enum AuditEntry {}

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
    case administratorMade = "administrator-made"
    case staffMailed = "staff-mailed"
    case staffLinkMade = "staff-link-made"
    case rosterRead = "roster-read"
    case rosterApplied = "roster-applied"
    case rosterRemovalsConfirmed = "roster-removals-confirmed"
    case rosterDiscarded = "roster-discarded"
    case accountSuspended = "account-suspended"
    case accountRevived = "account-revived"
    case addressChanged = "address-changed"
    case addressUnpinned = "address-unpinned"
    case addressMarkedBad = "address-marked-bad"
    case addressesUploaded = "addresses-uploaded"
    case addressRuleChanged = "address-rule-changed"
    case letterShown = "letter-shown"
}
