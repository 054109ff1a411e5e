/// A mail to an administrator of the district about a roster that needs somebody.
package struct RosterNotice: Sendable, Equatable {
    /// Why. Raw values are stored.
    package enum Event: String, Sendable, CaseIterable {
        /// Schools wait, all else goes on.
        case held
        /// Nothing of it is taken before somebody has looked.
        case waiting
        /// It could not be read, and nobody stood by.
        case refused
    }

    package let event: Event
    package let plan: ID<RosterSync>
    /// The name of the file as it was given, or of the service.
    package let fileName: String
    package let madeAt: Timestamp
    /// Of schools that wait, the first by name.
    package let schools: [String]
    package let schoolCount: Int
    /// Why it could not be read.
    package let refusal: RosterRefused?
    package init(
        event: Event, plan: ID<RosterSync>, fileName: String, madeAt: Timestamp, schools: [String] = [],
        schoolCount: Int = 0, refusal: RosterRefused? = nil
    ) {
        self.event = event
        self.plan = plan
        self.fileName = fileName
        self.madeAt = madeAt
        self.schools = schools
        self.schoolCount = schoolCount
        self.refusal = refusal
    }
}
