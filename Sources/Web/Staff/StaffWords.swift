import Core
import Rendering

/// Words about staff that several pages say.
enum StaffWords {
    /// A role that the roster claims, with its school where it has one.
    static func text(_ claim: RoleClaim, _ words: Words) -> String {
        let role = self.role(claim.word, words)
        guard let school = claim.school else { return role }
        return words("{role} at {school}", ["role": role, "school": school])
    }

    /// OneRoster's word for a role, in ours; a word of somebody's own stays as it is.
    static func role(_ word: String, _ words: Words) -> String {
        switch word {
        case "administrator": words("Administrator")
        case "aide": words("Aide")
        case "counselor": words("Counselor")
        case "districtadministrator": words("District administrator")
        case "principal": words("Principal")
        case "proctor": words("Proctor")
        case "siteadministrator": words("School administrator")
        case "staff": words("Staff without a class")
        case "systemadministrator": words("System administrator")
        default: word
        }
    }

    static func name(_ role: StaffRole, _ words: Words) -> String {
        switch role {
        case .teacher: words("Teachers")
        case .administrator: words("Administrators")
        case .other: words("Others")
        }
    }

    /// The last activation email and what became of it.
    static func mail(_ line: StaffLine, _ visit: Visit) -> String {
        let words = visit.words
        guard let state = line.lastMail, let at = line.lastMailAt else { return words("Never mailed") }
        let moment = ["moment": words.moment(at.date, visit.zone)]
        return switch state {
        case .queued, .sending, .inData: words("Sending")
        case .deferred: words("Tries again")
        case .held: words("Held")
        case .accepted: words("Mailed {moment}", moment)
        case .unknown: words("Maybe sent {moment}", moment)
        case .failed, .bounced: words("Mail failed {moment}", moment)
        case .cancelled: words("Not mailed")
        }
    }
}

extension StaffState {
    func badge(_ words: Words) -> AdminBadge {
        switch self {
        case .pending: AdminBadge(style: "is-todo", icon: "todo", word: words("Pending"))
        case .active: AdminBadge(style: "is-active", icon: "active", word: words("Active"))
        case .suspended: AdminBadge(style: "is-maybe", icon: "hold", word: words("Suspended"))
        }
    }
}
