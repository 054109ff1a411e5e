internal import Storage

/// A place in a tracker, under FirstBell's id of the tracker.
struct RosterSeat: Hashable, Sendable {
    let tracker: String
    let role: String
}

/// What is known of a place in a tracker.
struct RosterSeatFacts: Sendable {
    let isPrimary: Bool
    let beginsOn: String?
    let endsOn: String?
    let trackerName: String
    /// The roster's ids of the tracker and of its school.
    let trackerKey: String
    let schoolKey: String?
    /// A person gave it in FirstBell: no roster changes it or takes it away.
    let isByHand: Bool

    func says(theSameAs other: Self) -> Bool {
        isPrimary == other.isPrimary && beginsOn == other.beginsOn && endsOn == other.endsOn
    }
}

/// A school that a person belongs to, by the roster's id.
struct RosterSchoolName: Sendable {
    let key: String
    let name: String
    let isMain: Bool
}

/// A person as the roster has them, settled.
struct StagedPerson: Sendable {
    let sourceID: String
    let role: String
    let take: String
    let username: String?
    let usernameKey: String?
    let givenName: String
    let familyName: String
    let number: String?
    let address: String?
    let addressKey: String?
    let grade: String?
    let leavingYear: Int?
    let language: String?
    let isEnabled: Bool
    let file: String
    let line: Int
    /// By FirstBell's ids.
    var schools: [String: RosterSchoolName] = [:]
    /// The places that the roster gives, each as a text.
    var placesNamed: [String] = []
    /// The same taken apart, where they are not the places that the person has.
    var seats: [RosterSeat: RosterSeatFacts] = [:]
    /// What the roster says they are beside a teacher.
    var roles: RosterRoles?

    var kind: AccountKind { role == "student" ? .student : .staff }
}

/// A name as a roster writes it.
package struct RosterName: Sendable, Equatable {
    package let given: String
    package let family: String
    package init(given: String, family: String) { (self.given, self.family) = (given, family) }

    /// As it is shown.
    package var shown: String { PersonName.shown(given: given, family: family) }
}

/// A person as FirstBell has them.
struct KnownPerson: Sendable {
    let accountID: String
    let kind: String
    let givenName: String
    let familyName: String
    let number: String?
    let rosterAddress: String?
    let grade: String?
    let rosterLanguage: String?
    let schoolID: String?
    let suspendedFor: String?
    /// Made by hand or an administrator: no roster suspends them.
    let isProtected: Bool
    let roles: RosterRoles?
    /// A person chose the username: what the roster says of it is only shown.
    let isUsernamePinned: Bool
    let rosterUsername: String?
    /// What the roster last said of a name that a person gave; nil where the name is the roster's.
    let rosterName: RosterName?
    /// True where another source names them too: this one takes away only what it gave.
    let isNamedElsewhere: Bool
    /// True where the school under which they are listed is another source's.
    let isHousedElsewhere: Bool
    /// By FirstBell's ids; only schools that came from the roster.
    var schools: [String: RosterSchoolName] = [:]
    /// The places that they have, each as a text.
    var placesGiven: [String] = []
    /// The same taken apart, where they are not the places that the roster gives.
    var seats: [RosterSeat: RosterSeatFacts] = [:]
}

extension StagedPerson {
    static let columns: SQL = """
        p.source_id, p.role, p.take, p.username, p.username_key, p.given_name, p.family_name, p.number, p.address,
        p.address_key, p.grade, p.leaving_year, p.language, p.is_enabled, p.file, p.line
        """

    init(row: any Row) throws {
        sourceID = try row["source_id"]
        role = try row["role"]
        take = try row["take"]
        username = try row["username"]
        usernameKey = try row["username_key"]
        givenName = try row["given_name"]
        familyName = try row["family_name"]
        number = try row["number"]
        address = try row["address"]
        addressKey = try row["address_key"]
        grade = try row["grade"]
        leavingYear = try row["leaving_year"]
        language = try row["language"]
        isEnabled = try row["is_enabled"]
        file = try row["file"]
        line = try row["line"]
    }
}

extension KnownPerson {
    init(row: any Row) throws {
        accountID = try row["account_id"]
        kind = try row["kind"]
        givenName = try row["given_name"]
        familyName = try row["family_name"]
        number = try row["number"]
        rosterAddress = try row["roster_address"]
        grade = try row["grade"]
        rosterLanguage = try row["roster_language"]
        schoolID = try row["school_id"]
        suspendedFor = try row["suspended_for"]
        isProtected = try row["is_protected"]
        roles = try row.text("roster_roles").flatMap(RosterRoles.init(text:))
        isUsernamePinned = try row["username_is_pinned"]
        rosterUsername = try row["roster_username"]
        rosterName = try RosterName(besideAPinnedOne: row)
        isNamedElsewhere = try row["is_named_elsewhere"]
        isHousedElsewhere = try row["is_housed_elsewhere"]
    }
}

extension RosterSeat {
    init(row: any Row) throws {
        tracker = try row["tracker_id"]
        role = try row["role"]
    }
}

extension RosterSeatFacts {
    init(row: any Row) throws {
        isPrimary = try row["is_primary"]
        beginsOn = try row["begins_on"]
        endsOn = try row["ends_on"]
        trackerName = try row["name"]
        trackerKey = try row["tracker_key"]
        schoolKey = try row["school_key"]
        isByHand = try row["is_by_hand"]
    }
}

extension RosterSchoolName {
    init(row: any Row) throws {
        key = try row["school_key"]
        name = try row["name"]
        isMain = try row["is_main"]
    }
}

extension RosterName {
    /// Of an account's row; nil where the account has the roster's name.
    init?(besideAPinnedOne row: any Row) throws {
        guard try row.bool("name_is_pinned") == true else { return nil }
        self.init(given: try row["roster_given_name"] ?? "", family: try row["roster_family_name"] ?? "")
    }
}
