import RosterSources

/// What is asked of a service, in this order. Demographics are no part of it.
enum OneRosterCollection: String, CaseIterable, Sendable {
    case orgs, academicSessions, users, classes, enrollments

    var name: String { rawValue }

    /// The file of a package that has the same rows.
    var file: String { "\(rawValue).csv" }

    /// Without rows of it there is no roster.
    var isRequired: Bool { self == .orgs || self == .users }

    /// Without rows of it teachers see no students.
    var isForTrackers: Bool { self == .classes || self == .enrollments }

    /// The fields that are asked for and read. Everything else that comes is passed over undecoded: passwords, phones, relatives.
    func fields(_ version: OneRosterVersion) -> [String] {
        let own =
            switch self {
            case .orgs: ["name", "type", "parent"]
            case .academicSessions: ["startDate", "endDate"]
            case .users:
                ["enabledUser", "username", "givenName", "familyName", "identifier", "email", "grades", "metadata"]
                    + (version == .v1_2
                        ? ["preferredFirstName", "preferredLastName", "primaryOrg", "roles"] : ["orgs", "role"])
            case .classes: ["title", "classCode", "grades", "location", "periods", "school", "terms"]
            case .enrollments: ["class", "user", "role", "primary", "beginDate", "endDate"]
            }
        return ["sourcedId", "status", "dateLastModified"] + own
    }
}
