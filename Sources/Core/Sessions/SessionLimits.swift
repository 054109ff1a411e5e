/// How long sessions live, by who is signed in.
package struct SessionLimits: Sendable, Equatable {
    package struct Limit: Sendable, Equatable {
        /// Without a request.
        package let idle: Span
        /// However busy it is.
        package let whole: Span
        package init(idle: Span, whole: Span) {
            self.idle = idle
            self.whole = whole
        }
    }

    package let student: Limit
    package let staff: Limit
    package let administrator: Limit

    /// OWASP's session management: 15 to 30 minutes without a request, 4 to 8 hours in all; a teacher's day is longer.
    package static let standard = SessionLimits(
        student: Limit(idle: .minutes(30), whole: .hours(8)), staff: Limit(idle: .minutes(30), whole: .hours(12)),
        administrator: Limit(idle: .minutes(15), whole: .hours(8)))

    /// With the temporary password, until the own one is chosen.
    static let choosing = Limit(idle: .minutes(15), whole: .minutes(15))

    /// How often a request is written down as seen.
    package static let renewal = Span.minutes(1)

    package init(student: Limit, staff: Limit, administrator: Limit) {
        self.student = student
        self.staff = staff
        self.administrator = administrator
    }

    func limit(_ stage: Session.Stage, _ kind: AccountKind, isAdministrator: Bool) -> Limit {
        switch (stage, kind) {
        case (.choose, _): Self.choosing
        case (.full, .student): student
        case (.full, .staff): isAdministrator ? administrator : staff
        }
    }
}
