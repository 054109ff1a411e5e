/// A form in which student systems write rosters.
package enum RosterFormat: Sendable, Equatable {
    case oneRoster(OneRosterVersion)
    /// Clever's files for SFTP.
    case clever
    /// Microsoft School Data Sync, by the version of its files.
    case schoolDataSync1, schoolDataSync2, schoolDataSync2_1
    /// Canvas's SIS import.
    case canvas

    /// Its own name, the same in every language.
    package var name: String {
        switch self {
        case .oneRoster(let version): "OneRoster \(version.rawValue)"
        case .clever: "Clever CSV"
        case .schoolDataSync1: "Microsoft School Data Sync 1"
        case .schoolDataSync2: "Microsoft School Data Sync 2"
        case .schoolDataSync2_1: "Microsoft School Data Sync 2.1"
        case .canvas: "Canvas SIS CSV"
        }
    }
}

/// The version of OneRoster that a package follows; without a manifest it counts as 1.0, which has the columns of 1.1.
package enum OneRosterVersion: String, Sendable { case v1_0 = "1.0", v1_1 = "1.1", v1_2 = "1.2" }
