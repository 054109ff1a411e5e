/// Somebody who can sign in. Used as the owner of ids; `Student` and `Staff` rows share one table of accounts.
package enum Account {}

/// The two kinds of people with accounts.
package enum AccountKind: String, Sendable { case student, staff }

/// A school of the roster. Owner of ids.
package struct School: Sendable, Hashable {
    package let id: ID<School>
    package let name: String
    package init(id: ID<School>, name: String) {
        self.id = id
        self.name = name
    }
}

/// The one who is signed in, as every page greets them.
package struct SignedIn: Sendable, Hashable {
    package let id: ID<Account>
    package let kind: AccountKind
    package let name: String
    package let username: String
    /// True for administrators; they see Admin in the Global navigation.
    package let isAdministrator: Bool
    /// True for administrators of the whole district.
    package let hasDistrict: Bool
    /// The name of the school for the foot of the page: the person's first school, or the district.
    package let place: String
    package init(
        id: ID<Account>, kind: AccountKind, name: String, username: String, isAdministrator: Bool,
        hasDistrict: Bool = false, place: String
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.username = username
        self.isAdministrator = isAdministrator
        self.hasDistrict = hasDistrict
        self.place = place
    }
}
