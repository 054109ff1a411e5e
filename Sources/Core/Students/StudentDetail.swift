/// One student as their own page shows them: only what the person asking may see.
package struct StudentDetail: Sendable, Equatable {
    package let line: StudentLine
    /// Usernames of before that still open the door.
    package let aliases: [String]
    /// True for an address that was uploaded or corrected: no roster changes it.
    package let isPinned: Bool
    /// What the Student Information System last said of the address; nil when it has none.
    package let rosterAddress: String?
    /// nil for teachers.
    package let office: Office?
    /// Newest first.
    package let events: [StudentEvent]

    /// What only administrators read.
    package struct Office: Sendable, Equatable {
        package let school: String?
        package let number: String?
        package let grade: String?
        /// What the roster calls a student whose username was chosen here; nil where it says the same or nothing.
        package let rosterUsername: String?
        /// The same of the name.
        package let rosterName: String?
        package init(
            school: String?, number: String?, grade: String?, rosterUsername: String? = nil, rosterName: String? = nil
        ) {
            self.rosterName = rosterName
            self.school = school
            self.number = number
            self.grade = grade
            self.rosterUsername = rosterUsername
        }
    }

    package init(
        line: StudentLine, aliases: [String] = [], isPinned: Bool = false, rosterAddress: String? = nil,
        office: Office? = nil, events: [StudentEvent] = []
    ) {
        self.line = line
        self.aliases = aliases
        self.isPinned = isPinned
        self.rosterAddress = rosterAddress
        self.office = office
        self.events = events
    }
}

/// Something that happened to a student.
package struct StudentEvent: Sendable, Equatable {
    package enum What: Sendable, Equatable {
        case act(AuditAct)
        /// A mail, with what became of it.
        case mail(MailFate)
        /// A login card on the sheet with this number.
        case card(sheet: Int)
    }
    package let at: Timestamp
    /// Who did it; nil for the system itself.
    package let actor: String?
    package let what: What
    package init(at: Timestamp, actor: String?, what: What) {
        self.at = at
        self.actor = actor
        self.what = what
    }

    /// What a student's page tells of the audit. Mails and cards come from their own tables; nothing tells of sign-ins.
    static let acts: [AuditAct] = [
        .passwordChosen, .passwordChanged, .passwordReset, .waitLifted, .mailSentAgain, .accountSuspended,
        .accountRevived, .addressChanged, .addressPinned, .addressUnpinned, .addressMarkedBad,
        .studentAdded, .personChanged, .usernameChanged, .samePerson, .twoPersons, .accountsJoined, .accountTakenApart,
        .passwordForgotten, .newWayAsked, .newWayPutOff, .accountDisowned, .disowningSettled,
    ]
}
