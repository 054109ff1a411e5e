package import Core
import Rendering

/// Who did what to whom and when, newest first.
package struct AuditPage: Page {
    package static let template = "admin/audit"

    struct Line {
        let at: String
        let who: String
        let what: String
        let whom: String?
    }
    let layout: Layout
    let menu: AdminMenu
    let lines: [Line]
    let hasLines: Bool
    let hasPages: Bool
    let first: String?
    let next: String?

    /// `isFirst` is false on any page but the newest.
    package init(_ list: AuditList, isFirst: Bool = true, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Audit"), visit, current: .admin)
        menu = AdminMenu(.audit, words: words)
        lines = list.lines.map { line in
            Line(
                at: words.moment(line.at.date, visit.zone), who: line.actor ?? words("FirstBell"),
                what: Self.sentence(line, words), whom: line.subject)
        }
        hasLines = !lines.isEmpty
        first = isFirst ? nil : "/admin/audit"
        next = list.next.map { PageAddress("/admin/audit", ["after": $0]).description }
        hasPages = first != nil || next != nil
    }

    /// What was done, to stand behind the name of who did it.
    static func sentence(_ line: AuditLine, _ words: Words) -> String {
        let count = line.count ?? 1
        let sheet = ["sheet": line.sheet.map { "\($0)" } ?? "–"]
        guard let act = AuditAct(rawValue: line.act) else { return line.act }
        return switch act {
        case .signedIn: words("signed in")
        case .signInRefused: words("was refused at sign-in")
        case .sessionsEnded: words("ended sessions")
        case .passwordChosen: words("chose an own password")
        case .passwordChanged: words("changed the own password")
        case .passwordReset: words("reset a password")
        case .waitLifted: words("lifted the wait after wrong tries")
        case .mailingSent: words.plural("sent {count} activation email", "sent {count} activation emails", count)
        case .mailSentAgain: words("sent a mail again")
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
        case .accountSuspended: words("suspended an account")
        case .accountRevived: words("brought an account back")
        case .addressChanged: words("changed an address")
        case .addressPinned: words("kept an address from the roster")
        case .addressUnpinned: words("went back to the school system’s address")
        case .addressMarkedBad: words("marked an address as bad")
        case .addressesUploaded: words.plural("uploaded {count} address", "uploaded {count} addresses", count)
        case .addressRuleChanged: words("changed who may correct addresses")
        case .letterShown: words("read a letter of the outbox")
        case .studentAdded: words("added a student by hand")
        case .personChanged: words("changed a person by hand")
        case .usernameChanged: words("changed a username")
        case .samePerson: words("said that a row of the roster is the same person")
        case .twoPersons: words("said that a row of the roster is somebody else")
        case .passwordForgotten: words("was asked for a new password by mail")
        case .accountDisowned: words("was told: this was not me")
        case .disowningSettled: words("settled that all is well")
        }
    }
}
