/// Who is chosen in the Send or the print dialog: of a teacher's trackers, or of an administrator's schools.
package struct MailingChoice: Sendable, Equatable {
    /// All Classrooms or All Schools: everybody whom the sender may mail.
    package var isAll: Bool
    package var trackers: [ID<Tracker>]
    package var schools: [ID<School>]

    package init(allTrackers: Bool, trackers: [ID<Tracker>] = []) {
        self.init(isAll: allTrackers, trackers: trackers, schools: [])
    }

    package init(allSchools: Bool, schools: [ID<School>] = []) {
        self.init(isAll: allSchools, trackers: [], schools: schools)
    }

    private init(isAll: Bool, trackers: [ID<Tracker>], schools: [ID<School>]) {
        self.isAll = isAll
        self.trackers = trackers
        self.schools = schools
    }

    /// True when nothing is ticked.
    package var isEmpty: Bool { !isAll && trackers.isEmpty && schools.isEmpty }
}

/// What a sender writes into every mail of a mailing.
package enum AdditionalMessage {
    /// In code points.
    package static let limit = 2_000

    /// The message with line ends as LF and without control characters; nil when it is too long.
    package static func cleaned(_ typed: String) -> String? {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in typed.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n": if previous != "\r" { scalars.append("\n") }
            case "\r", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
            case "\t": scalars.append(" ")
            // Marks that turn the writing direction could make a line read otherwise than it is written.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            default: if scalar.properties.generalCategory != .control { scalars.append(scalar) }
            }
        }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return scalars.count <= limit ? String(scalars) : nil
    }
}
