/// One print-out with its number. Owner of ids.
package struct CardSheet: Sendable, Equatable {
    package let id: ID<CardSheet>
    package let number: Int
    package let madeAt: Timestamp
    package let madeBy: String
    package let district: String
    /// True for one student's card.
    package let isSingle: Bool
    /// True when an administrator made it for schools.
    package let forSchools: Bool
    package let groups: [CardGroup]
    package init(
        id: ID<CardSheet>, number: Int, madeAt: Timestamp, madeBy: String, district: String, isSingle: Bool,
        forSchools: Bool = false, groups: [CardGroup]
    ) {
        self.id = id
        self.number = number
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.district = district
        self.isSingle = isSingle
        self.forSchools = forSchools
        self.groups = groups
    }
}

/// The cards of one tracker on a sheet.
package struct CardGroup: Sendable, Equatable {
    /// Empty for students who have no tracker at present.
    package let tracker: String
    package let school: String
    package let cards: [LoginCard]
    /// Students of this tracker whose card stands under another one.
    package let elsewhere: [Elsewhere]
    package struct Elsewhere: Sendable, Equatable {
        package let name: String
        package let under: String
        package init(name: String, under: String) {
            self.name = name
            self.under = under
        }
    }
    package init(tracker: String, school: String, cards: [LoginCard], elsewhere: [Elsewhere]) {
        self.tracker = tracker
        self.school = school
        self.cards = cards
        self.elsewhere = elsewhere
    }
}

/// One slip. `secret` is nil for an active or suspended student: no password is on it.
package struct LoginCard: Sendable, Equatable {
    package struct Secret: Sendable, Equatable {
        package let temporaryPassword: Redacted<String>
        /// The address in the QR code.
        package let link: Redacted<String>
        package let worksUntil: Timestamp
        package init(temporaryPassword: Redacted<String>, link: Redacted<String>, worksUntil: Timestamp) {
            self.temporaryPassword = temporaryPassword
            self.link = link
            self.worksUntil = worksUntil
        }
    }
    package let name: String
    package let username: String
    package let language: String
    package let state: StudentState
    package let secret: Secret?
    package init(name: String, username: String, language: String, state: StudentState, secret: Secret?) {
        self.name = name
        self.username = username
        self.language = language
        self.state = state
        self.secret = secret
    }
}
