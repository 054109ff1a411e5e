/// One line of the audit. Owner of ids.
package enum AuditEntry {}

/// What can stand in the audit: who viewed, printed, mailed, reset, imported, granted.
package enum AuditAct: String, Sendable, CaseIterable {
    case cardsPrinted, sheetShown
    case mailingSent, mailSentAgain
    case passwordReset, unlocked, becameActive, passwordChanged
    case signedIn, sessionsEnded
    case staffInvited, linkShown, staffAdded, administratorMade
    case rosterUploaded, rosterConfirmed, rosterApplied
    case lettersRead
}
