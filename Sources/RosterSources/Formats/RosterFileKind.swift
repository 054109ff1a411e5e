/// The files of a OneRoster package that are read, in the order in which they are. All others stay closed.
enum OneRosterFile: String, CaseIterable {
    case orgs, academicSessions, users, roles, classes, enrollments

    var name: String { rawValue + ".csv" }
    /// As `PackageMember.key`.
    var key: String { name.lowercased() }

    /// Without these there is nothing to take in.
    var isRequired: Bool { self == .orgs || self == .users }

    func row(_ table: RosterTable, peopleHaveRoles: Bool) throws -> any OneRosterRow {
        switch self {
        case .orgs: try OrgRow(table)
        case .academicSessions: try SessionRow(table)
        case .users: try UserRow(table, hasRoles: peopleHaveRoles)
        case .roles: try RoleRow(table)
        case .classes: try ClassRow(table)
        case .enrollments: try EnrollmentRow(table)
        }
    }
}
