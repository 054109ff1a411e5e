import Core

/// The roles of OneRoster 1.1 and 1.2 and of School Data Sync, compared without regard to case.
enum RosterRoleName {
    /// nil for a word that neither knows; roles of a vendor's own (`ext:…`) are nobody.
    static func kind(_ text: String) -> RosterRoleKind? {
        switch text {
        case "student": return .student
        case "teacher": return .teacher
        default: break
        }
        switch text.lowercased() {
        case "student": return .student
        case "teacher": return .teacher
        // School Data Sync's words for those who teach.
        case "faculty", "instructor", "lecturer", "professor": return .teacher
        case "administrator", "aide", "counselor", "districtadministrator", "principal", "proctor", "siteadministrator",
            "staff", "systemadministrator":
            return .otherStaff
        case "contact", "guardian", "parent", "relative": return .nobody
        case let own where own.hasPrefix("ext:"): return .nobody
        default: return nil
        }
    }

    /// The word as proposals of a role have it; empty for students, teachers and nobody.
    static func word(_ text: String) -> String { kind(text) == .otherStaff ? text.lowercased() : "" }

    static func checked(_ text: String) throws(RowRefused) -> RosterRoleKind {
        guard let kind = kind(text) else {
            throw RowRefused(
                reason: "The role “{value}” is none that FirstBell knows, such as student or teacher. Correct it.",
                value: text)
        }
        return kind
    }
}
