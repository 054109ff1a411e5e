/// One line of the audit, as an administrator reads it. Names are those of now; secrets never get here.
package struct AuditLine: Sendable, Equatable {
    /// Somebody in a line.
    package struct Person: Sendable, Equatable {
        package let id: ID<Account>
        package let kind: AccountKind
        package let name: String
        package let username: String
        /// False outside the scope of whoever asks: no link leads to them.
        package let isInScope: Bool
        /// True for somebody of whom nothing is left: no name, and nowhere to lead to.
        package let isErased: Bool
        package init(
            id: ID<Account>, kind: AccountKind, name: String, username: String, isInScope: Bool = true,
            isErased: Bool = false
        ) {
            self.id = id
            self.kind = kind
            self.name = name
            self.username = username
            self.isInScope = isInScope
            self.isErased = isErased
        }
    }

    /// Where more stands about an act.
    package enum Target: Sendable, Equatable {
        case cardSheet(ID<CardSheet>)
        case mailing(ID<Mailing>)
        case rosterPlan(ID<RosterSync>)
    }

    package let id: ID<AuditEntry>
    package let at: Timestamp
    /// Who did it; nil for the system itself or the command line.
    package let actor: Person?
    /// True when somebody outside the reader's schools did it to themselves: then `actor` is nil.
    package let isActorHidden: Bool
    /// What was done: an `AuditAct` raw value, or a later version's, shown as it stands.
    package let act: String
    /// To whom; nil when the act names nobody, or somebody outside the scope of whoever asks.
    package let subject: Person?
    /// True when it was done to somebody outside the scope of whoever asks.
    package let isSubjectHidden: Bool
    /// How many people were touched, of those in the scope of whoever asks.
    package let count: Int
    /// The school, where the act touched one of the scope.
    package let school: String?
    /// How many schools of the scope the act touched.
    package let schools: Int
    /// The number of the card sheet, where the act has one.
    package let sheet: Int?
    package let target: Target?

    package init(
        id: ID<AuditEntry>, at: Timestamp, actor: Person?, isActorHidden: Bool = false, act: String,
        subject: Person? = nil,
        isSubjectHidden: Bool = false, count: Int = 1, school: String? = nil, schools: Int = 0, sheet: Int? = nil,
        target: Target? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.isActorHidden = isActorHidden
        self.act = act
        self.subject = subject
        self.isSubjectHidden = isSubjectHidden
        self.count = count
        self.school = school
        self.schools = schools
        self.sheet = sheet
        self.target = target
    }
}

extension AuditLine.Target {
    /// Reads a line's detail, as the acts write it; nil for every other detail.
    init?(detail: String) {
        func id<Owner>(after words: String, as owner: Owner.Type = Owner.self) -> ID<Owner>? {
            detail.hasPrefix(words) ? ID(String(detail.dropFirst(words.count))) : nil
        }
        if let sheet = id(after: "card sheet ", as: CardSheet.self) {
            self = .cardSheet(sheet)
        } else if let mailing = id(after: "mailing ", as: Mailing.self) {
            self = .mailing(mailing)
        } else if let plan = id(after: "roster plan ", as: RosterSync.self) {
            self = .rosterPlan(plan)
        } else {
            return nil
        }
    }
}

/// One page of the audit, newest first.
package struct AuditList: Sendable, Equatable {
    package let lines: [AuditLine]
    /// Where the next, older page begins; nil on the last page.
    package let next: ID<AuditEntry>?
    package init(lines: [AuditLine], next: ID<AuditEntry>?) {
        self.lines = lines
        self.next = next
    }
}
