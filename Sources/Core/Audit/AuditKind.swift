/// What an act is about, as a person narrows the audit.
package enum AuditKind: String, Sendable, CaseIterable {
    case viewed, printed, mailed, reset, imported, granted, accounts, addresses, signingIn

    /// The acts of this kind.
    package var acts: [AuditAct] { AuditAct.allCases.filter { $0.kind == self } }
}

extension AuditAct {
    package var kind: AuditKind {
        switch self {
        case .cardSheetShown, .temporaryPasswordShown, .staffLinkMade, .letterShown, .auditExported: .viewed
        case .cardSheetMade: .printed
        case .mailingSent, .mailSentAgain, .staffMailed, .mailingPaused, .mailingResumed, .mailingCancelled,
            .mailWordsChanged, .mailSenderChanged:
            .mailed
        case .passwordReset, .waitLifted, .accountDisowned, .disowningSettled, .newWayAsked, .newWayPutOff: .reset
        case .rosterRead, .rosterApplied, .rosterRemovalsConfirmed, .rosterDiscarded, .rosterUndoPlanned,
            .blackoutAdded, .blackoutRemoved, .studentListAdded, .rosterServiceSaved, .rosterServiceRemoved:
            .imported
        case .administratorMade, .administratorScopeChanged, .administratorEnded, .roleClaimDismissed, .trackerGiven,
            .trackerTaken:
            .granted
        case .staffAdded, .studentAdded, .personChanged, .usernameChanged, .samePerson, .twoPersons, .accountsJoined,
            .accountTakenApart, .accountSuspended,
            .accountRevived, .leaverRulesChanged, .erasureBegun, .personErased:
            .accounts
        case .addressChanged, .addressPinned, .addressUnpinned, .addressMarkedBad, .addressesUploaded,
            .addressRuleChanged:
            .addresses
        case .signedIn, .signInRefused, .sessionsEnded, .passwordChosen, .passwordChanged, .passwordForgotten:
            .signingIn
        }
    }
}
