package import Storage

/// A member of staff whom somebody adds by hand: never suspended by a roster.
package struct StaffByHand: Sendable, Equatable {
    package let givenName: String
    package let familyName: String
    package let username: String
    package let address: String?
    /// True makes an administrator of the whole district.
    package let isAdministrator: Bool
    package init(givenName: String, familyName: String, username: String, address: String?, isAdministrator: Bool) {
        self.givenName = givenName
        self.familyName = familyName
        self.username = username
        self.address = address
        self.isAdministrator = isAdministrator
    }
}

/// Why an account could not be made; nothing was.
package enum AccountRefused: Error, Sendable, Equatable {
    case usernameTaken(String)
    /// The username is another person's address: at the sign-in it could mean either.
    case usernameIsAddress(String)
    case usernameInvalid(String)
    case addressInvalid(String)
    case nameMissing
}

extension Connection {
    /// The account that this would make anew: the same username and name, and neither password nor suspension. A name that
    /// is left out fits, since the username names one person.
    ///
    /// Nobody becomes an administrator by asking for a link: who is none is not found when one is asked for.
    package func pendingStaff(like staff: StaffByHand) throws -> ID<Account>? {
        let isNameless = staff.givenName.isEmpty && staff.familyName.isEmpty
        return try value(
            """
            SELECT a.id AS value FROM account a JOIN username u ON u.account_id = a.id
            WHERE u.name_key = \(Username.key(staff.username)) AND a.kind = 'staff'
              AND a.active_at IS NULL AND a.suspended_at IS NULL
              AND (\(isNameless) OR a.given_name = \(staff.givenName) AND a.family_name = \(staff.familyName))
              AND (NOT \(staff.isAdministrator) OR EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id))
            """)
    }

    /// Makes the account. Throws `AccountRefused` with what is wrong.
    package func addStaff(
        _ staff: StaffByHand, by actor: ID<Account>?, mint: IDMint, at now: Timestamp
    ) throws -> ID<Account> {
        guard !staff.givenName.isEmpty || !staff.familyName.isEmpty else { throw AccountRefused.nameMissing }
        guard Username.isValid(staff.username) else { throw AccountRefused.usernameInvalid(staff.username) }
        if let address = staff.address, Address.key(address) == nil { throw AccountRefused.addressInvalid(address) }
        let addressKey = staff.address.flatMap(Address.key)
        switch try usernameProblem(staff.username, of: nil, addressKey: addressKey) {
        case nil: break
        case .usernameIsAddress: throw AccountRefused.usernameIsAddress(staff.username)
        default: throw AccountRefused.usernameTaken(staff.username)
        }
        var mint = mint
        let id: ID<Account> = mint.next()
        var typed = TypedPerson()
        typed.givenName = staff.givenName
        typed.familyName = staff.familyName
        typed.address = staff.address ?? ""
        try insertByHand(typed, kind: .staff, username: staff.username, id: id, act: nil)
        try record(.staffAdded, by: actor, subject: id, id: mint.next(), at: now)
        if staff.isAdministrator {
            try execute("INSERT INTO administrator (account_id, scope) VALUES (\(id), 'district')")
            try record(.administratorMade, by: actor, subject: id, id: mint.next(), at: now)
        }
        return id
    }
}
