/// One row of a roster in FirstBell's own words, whatever format it came in. Ids are the roster's (`sourcedId`).
package enum RosterRecord: Sendable, Equatable {
    case school(RosterSchool)
    case term(RosterTerm)
    case person(RosterPerson)
    /// A person's role in a school, where the format keeps roles apart from people (OneRoster 1.2 `roles.csv`).
    case role(RosterRole)
    case tracker(RosterTracker)
    case enrollment(RosterEnrollment)
}

/// An organisation; only those of kind `school` hold people, others give the parents and the district's name.
package struct RosterSchool: Sendable, Equatable {
    package var sourceID: String
    package var name: String
    /// OneRoster `orgs.type`, in lower case.
    package var kind: String
    package var parentID: String?
    package init(sourceID: String, name: String, kind: String, parentID: String?) {
        self.sourceID = sourceID
        self.name = name
        self.kind = kind
        self.parentID = parentID
    }
}

/// An academic session; trackers take their days from their terms. Days are `YYYY-MM-DD`, the end is exclusive.
package struct RosterTerm: Sendable, Equatable {
    package var sourceID: String
    package var beginsOn: String?
    package var endsOn: String?
    package init(sourceID: String, beginsOn: String?, endsOn: String?) {
        self.sourceID = sourceID
        self.beginsOn = beginsOn
        self.endsOn = endsOn
    }
}

/// What a roster says that a person is. Whatever is neither student nor teacher is a proposal for an administrator.
package enum RosterRoleKind: String, Sendable { case student, teacher, otherStaff, nobody }

/// A person of the roster. Passwords, demographics, phones and birthdays never get this far.
package struct RosterPerson: Sendable, Equatable {
    package var sourceID: String
    /// nil where the format keeps roles in rows of their own.
    package var role: RosterRoleKind?
    /// The roster's own word for the role, in lower case; only for `otherStaff`.
    package var roleWord: String
    package var schoolIDs: [String]
    /// As sent; empty when the roster has none.
    package var username: String
    package var givenName: String
    package var familyName: String
    package var preferredGivenName: String?
    package var preferredFamilyName: String?
    /// The human-readable student or staff number; always text.
    package var number: String?
    package var address: String?
    package var grade: String?
    /// The year in which the student leaves school, where the roster knows it.
    package var leavingYear: Int?
    package var language: String?
    /// False: on the roster, but must not sign in.
    package var isEnabled: Bool
    package init(
        sourceID: String, role: RosterRoleKind?, schoolIDs: [String], username: String, givenName: String,
        familyName: String, preferredGivenName: String? = nil, preferredFamilyName: String? = nil,
        number: String? = nil, address: String? = nil, grade: String? = nil, leavingYear: Int? = nil,
        language: String? = nil, isEnabled: Bool = true, roleWord: String = ""
    ) {
        self.roleWord = roleWord
        self.sourceID = sourceID
        self.role = role
        self.schoolIDs = schoolIDs
        self.username = username
        self.givenName = givenName
        self.familyName = familyName
        self.preferredGivenName = preferredGivenName
        self.preferredFamilyName = preferredFamilyName
        self.number = number
        self.address = address
        self.grade = grade
        self.leavingYear = leavingYear
        self.language = language
        self.isEnabled = isEnabled
    }
}

/// One role of one person in one school. Days are `YYYY-MM-DD`, the end is exclusive.
package struct RosterRole: Sendable, Equatable {
    /// The row's own id, where the format gives it one.
    package var rowID: String?
    package var personID: String
    package var schoolID: String
    package var role: RosterRoleKind
    /// The roster's own word for the role, in lower case; only for `otherStaff`.
    package var word: String
    package var isPrimary: Bool
    /// A student's grade, where the format has it here.
    package var grade: String?
    package var beginsOn: String?
    package var endsOn: String?
    package init(
        personID: String, schoolID: String, role: RosterRoleKind, word: String = "", isPrimary: Bool = false,
        grade: String? = nil, beginsOn: String? = nil, endsOn: String? = nil, rowID: String? = nil
    ) {
        self.rowID = rowID
        self.word = word
        self.grade = grade
        self.personID = personID
        self.schoolID = schoolID
        self.role = role
        self.isPrimary = isPrimary
        self.beginsOn = beginsOn
        self.endsOn = endsOn
    }
}

/// A class of the roster.
package struct RosterTracker: Sendable, Equatable {
    package var sourceID: String
    package var schoolID: String
    package var name: String
    package var grade: String?
    package var room: String?
    package var period: String?
    package var termIDs: [String]
    package init(
        sourceID: String, schoolID: String, name: String, grade: String? = nil, room: String? = nil,
        period: String? = nil, termIDs: [String] = []
    ) {
        self.sourceID = sourceID
        self.schoolID = schoolID
        self.name = name
        self.grade = grade
        self.room = room
        self.period = period
        self.termIDs = termIDs
    }
}

/// Who is in which tracker. Roles other than student and teacher (aide, proctor) see nothing and are left out.
package struct RosterEnrollment: Sendable, Equatable {
    /// The row's own id, where the format gives it one.
    package var rowID: String?
    package var trackerID: String
    package var personID: String
    package var role: RosterRoleKind
    package var isPrimary: Bool
    package var beginsOn: String?
    package var endsOn: String?
    package init(
        trackerID: String, personID: String, role: RosterRoleKind, isPrimary: Bool = false, beginsOn: String? = nil,
        endsOn: String? = nil, rowID: String? = nil
    ) {
        self.rowID = rowID
        self.trackerID = trackerID
        self.personID = personID
        self.role = role
        self.isPrimary = isPrimary
        self.beginsOn = beginsOn
        self.endsOn = endsOn
    }
}
