/// A form in which student systems write rosters. Raw values are for forms, tables and the command line.
package enum RosterFormat: String, Sendable, Codable, CaseIterable {
    case oneRoster = "oneroster"
    /// Clever's files for SFTP.
    case clever
    /// Microsoft School Data Sync, by the version of its files.
    case schoolDataSync1 = "sds1"
    case schoolDataSync2 = "sds2"
    case schoolDataSync2_1 = "sds2.1"
    /// Canvas's SIS import.
    case canvas

    /// Its own name, the same in every language.
    package var name: String {
        switch self {
        case .oneRoster: "OneRoster CSV"
        case .clever: "Clever CSV"
        case .schoolDataSync1: "Microsoft School Data Sync 1"
        case .schoolDataSync2: "Microsoft School Data Sync 2"
        case .schoolDataSync2_1: "Microsoft School Data Sync 2.1"
        case .canvas: "Canvas SIS CSV"
        }
    }
}

/// What a reader found a roster to be.
package struct RosterOrigin: Sendable, Equatable {
    /// The format's name with its version, as `OneRoster CSV 1.1`.
    package let format: String
    /// The student system that made the files, by its own word.
    package let system: String?
    package init(format: String, system: String? = nil) {
        self.format = format
        self.system = system
    }
}
