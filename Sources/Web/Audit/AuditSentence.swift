import Core
import Rendering

extension AuditAct {
    /// What was done, in plain words: it follows the name of who did it.
    func sentence(_ words: Words, count: Int = 1, sheet: Int? = nil) -> String {
        let sheet = ["sheet": sheet.map { "\($0)" } ?? "–"]
        return switch self {
        case .signedIn: words("signed in")
        case .signInRefused: words("was refused at sign-in")
        case .sessionsEnded: words("ended sessions")
        case .passwordChosen: words("chose an own password")
        case .passwordChanged: words("changed the own password")
        case .passwordReset: words("reset a password")
        case .waitLifted: words("lifted the wait after wrong tries")
        case .mailingSent: words.plural("sent {count} activation email", "sent {count} activation emails", count)
        case .mailSentAgain: words("sent a mail again")
        case .mailingPaused: words.plural("paused {count} mail", "paused {count} mails", count)
        case .mailingResumed: words.plural("let {count} mail go on", "let {count} mails go on", count)
        case .mailingCancelled: words.plural("cancelled {count} mail", "cancelled {count} mails", count)
        case .cardSheetMade:
            words.plural(
                "made card sheet {sheet} with {count} student", "made card sheet {sheet} with {count} students", count,
                sheet)
        case .cardSheetShown: words("looked at card sheet {sheet}", sheet)
        case .temporaryPasswordShown: words("looked at a temporary password")
        case .staffAdded: words("added a member of staff")
        case .administratorMade: words("made an administrator")
        case .administratorScopeChanged: words("changed how far an administrator’s role reaches")
        case .administratorEnded: words("took the administrator’s role away")
        case .roleClaimDismissed: words("let be what the roster says of a role")
        case .trackerGiven: words("gave a tracker")
        case .trackerTaken: words("took a tracker away")
        case .staffMailed: words.plural("invited {count} member of staff", "invited {count} members of staff", count)
        case .staffLinkMade: words("made a one-time link")
        case .rosterRead: words("uploaded a roster")
        case .rosterApplied: words("applied a roster plan")
        case .rosterRemovalsConfirmed:
            words.plural("confirmed {count} removal", "confirmed {count} removals", count)
        case .rosterDiscarded: words("threw a roster plan away")
        case .studentListAdded: words("added a list of students")
        case .blackoutAdded: words("added blackout dates")
        case .accountsJoined: words("joined two accounts")
        case .accountTakenApart: words("took an account apart")
        case .rosterServiceSaved: words("saved the OneRoster service")
        case .rosterServiceRemoved: words("removed the OneRoster service")
        case .blackoutRemoved: words("took blackout dates away")
        case .rosterUndoPlanned: words("asked for the way back to an earlier roster")
        case .accountSuspended: words("suspended an account")
        case .accountRevived: words("brought an account back")
        case .addressChanged: words("changed an address")
        case .addressPinned: words("kept an address from the roster")
        case .addressUnpinned: words("went back to the school system’s address")
        case .addressMarkedBad: words("marked an address as bad")
        case .addressesUploaded: words.plural("uploaded {count} address", "uploaded {count} addresses", count)
        case .addressRuleChanged: words("changed who may correct addresses")
        case .mailWordsChanged: words("changed the words of a mail")
        case .mailSenderChanged: words("changed who mails are from")
        case .letterShown: words("read a letter of the outbox")
        case .studentAdded: words("added a student by hand")
        case .personChanged: words("changed a person by hand")
        case .usernameChanged: words("changed a username")
        case .samePerson: words("said that a row of the roster is the same person")
        case .twoPersons: words("said that a row of the roster is somebody else")
        case .auditExported: words("exported the audit")
        case .passwordForgotten: words("was asked for a new password by mail")
        case .newWayAsked: words("asked for a new link or card")
        case .newWayPutOff: words("left a request for a new link or card aside")
        case .accountDisowned: words("was told: this was not me")
        case .disowningSettled: words("settled that all is well")
        case .leaverRulesChanged: words("changed when people who left are archived and erased")
        case .erasureBegun: words.plural("began to erase {count} person", "began to erase {count} people", count)
        case .personErased: words("erased a person")
        }
    }
}

extension AuditLine.Person {
    /// Of somebody who was erased no name is left.
    func shownName(_ words: Words) -> String { isErased ? words.person(name) : name }
}

extension AuditLine {
    /// What was done; an act of a later version is shown as it stands.
    func sentence(_ words: Words) -> String {
        AuditAct(rawValue: act)?.sentence(words, count: count, sheet: sheet) ?? act
    }
}

extension AuditKind {
    func name(_ words: Words) -> String {
        switch self {
        case .viewed: words("Secrets shown")
        case .printed: words("Cards printed")
        case .mailed: words("Mail sent")
        case .reset: words("Resets")
        case .imported: words("Imports")
        case .granted: words("Rights granted")
        case .accounts: words("Accounts")
        case .addresses: words("Addresses")
        case .signingIn: words("Signing in")
        }
    }
}
