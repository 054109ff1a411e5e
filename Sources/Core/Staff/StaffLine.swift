/// The plain states of a staff account: no own password yet, an own password, or suspended.
package enum StaffState: String, Sendable, CaseIterable { case pending, active, suspended }

/// What a member of staff is here: administrators may teach too; others have an account and nothing to see.
package enum StaffRole: String, Sendable, CaseIterable { case teacher, administrator, other }

/// Why somebody cannot sign in: not on the roster any more, disabled in it, or by an administrator.
package enum SuspensionReason: String, Sendable { case roster, disabled, hand }

/// How far an administrator's role reaches.
package enum AdministratorReach: Sendable, Equatable {
    case district
    case schools([ID<School>])
}

/// A role beside teacher that the roster claims for somebody.
package struct RoleClaim: Sendable, Equatable {
    /// OneRoster's word in lower case, as `principal`.
    package let word: String
    /// The school's name; nil where the role is not one of a school.
    package let school: String?
    package init(word: String, school: String?) {
        self.word = word
        self.school = school
    }
}

/// One row of the administrator's list of staff.
package struct StaffLine: Sendable, Equatable {
    package let id: ID<Account>
    package let name: String
    package let username: String
    package let address: String?
    /// Names of the person's schools in the scope, in order.
    package let schools: [String]
    package let isAdministrator: Bool
    package let state: StaffState
    package let suspendedFor: SuspensionReason?
    /// Who brings them back; nil unless they were suspended by hand.
    package let lift: SuspensionLift?
    /// The fate of the last activation email; nil when none was ever asked for.
    package let lastMail: MailState?
    package let lastMailAt: Timestamp?
    /// What the roster claims beside teacher; empty for plain teachers.
    package let claims: [RoleClaim]
    /// True until an administrator has granted or dismissed the claims.
    package let roleWaits: Bool
    /// The asking administrator may take the password away.
    package let canReset: Bool
    /// The person belongs to the scope alone: the asking administrator may hold a link in hand, and suspend.
    package let canOpen: Bool
    /// True while somebody has said "This was not me" and nobody has settled it.
    package let isDisowned: Bool
    package init(
        id: ID<Account>, name: String, username: String, address: String?, schools: [String], isAdministrator: Bool,
        state: StaffState, suspendedFor: SuspensionReason? = nil, lift: SuspensionLift? = nil,
        lastMail: MailState? = nil, lastMailAt: Timestamp? = nil, claims: [RoleClaim] = [], roleWaits: Bool = false,
        canReset: Bool = true,
        canOpen: Bool = true, isDisowned: Bool = false
    ) {
        self.id = id
        self.name = name
        self.username = username
        self.address = address
        self.schools = schools
        self.isAdministrator = isAdministrator
        self.state = state
        self.suspendedFor = suspendedFor
        self.lift = lift
        self.lastMail = lastMail
        self.lastMailAt = lastMailAt
        self.claims = claims
        self.roleWaits = roleWaits
        self.canReset = canReset
        self.canOpen = canOpen
        self.isDisowned = isDisowned
    }
}
