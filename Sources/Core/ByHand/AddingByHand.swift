package import Storage

/// A person whom an administrator adds; made outside the transaction, which may run twice.
package struct NewPersonByHand: Sendable {
    package let kind: AccountKind
    /// Cleaned.
    package let typed: TypedPerson
    /// Made with the form, so that pressing again finds whom the first press made.
    package let act: ID<Act>
    /// Who was shown as there already, and is known to be somebody else.
    package let others: Set<ID<Account>>
    package let mint: IDMint
    package let now: Timestamp
    package init(
        kind: AccountKind, typed: TypedPerson, act: ID<Act>, others: Set<ID<Account>> = [], mint: IDMint, now: Timestamp
    ) {
        self.kind = kind
        self.typed = typed
        self.act = act
        self.others = others
        self.mint = mint
        self.now = now
    }
}

/// What became of it. Unless the person is `added`, nothing was written.
package enum AddingByHand: Sendable, Equatable {
    case added(ID<Account>)
    case problems(Set<HandProblem>)
    /// These may be the same person; saving needs a word that they are not.
    case alreadyThere([PersonThere])
}

extension Connection {
    /// Makes the account with its schools and trackers. nil when a school or tracker is outside the administrator's scope.
    package func addByHand(
        _ new: NewPersonByHand, maker: UsernameMaker, by administrator: Administrator
    ) throws -> AddingByHand? {
        let typed = new.typed
        // Pressed again it is the same person; with another name the form was filled in anew for the next one.
        let before = try rows("SELECT a.id, a.sort_name FROM account a WHERE a.act_id = \(new.act)").first
        if let before, try before.text("sort_name") == typed.sortName {
            let done: ID<Account> = try before["id"]
            return try personByHand(done, new.kind, visibleTo: administrator).map { .added($0.id) }
        }
        guard try seesPlaces(of: typed, administrator) else { return nil }
        var problems = try placeProblems(of: typed, new.kind, administrator).union(typed.problems(for: new.kind))
        let addressKey = Address.key(typed.address)
        if !typed.username.isEmpty, let problem = try usernameProblem(typed.username, of: nil, addressKey: addressKey) {
            problems.insert(problem)
        }
        guard problems.isEmpty else { return .problems(problems) }
        let there = try peopleThere(like: typed, new.kind, within: administrator, except: nil)
        guard there.allSatisfy({ new.others.contains($0.id) }) else { return .alreadyThere(there) }
        var mint = new.mint
        let id: ID<Account> = mint.next()
        try insertByHand(
            typed, kind: new.kind, username: usernameFor(typed, maker), id: id, act: before == nil ? new.act : nil)
        try record(
            new.kind == .student ? .studentAdded : .staffAdded, by: administrator.id, subject: id, id: mint.next(),
            at: new.now)
        try give(typed.trackers, to: id, as: new.kind)
        return .added(id)
    }

    /// The name under which a person would sign in who is saved now.
    package func usernameFor(_ typed: TypedPerson, _ maker: UsernameMaker) throws -> String {
        guard typed.username.isEmpty else { return typed.username }
        let person = UsernameMaker.Person(
            givenName: typed.givenName, familyName: typed.familyName, leavingYear: nil,
            number: typed.number.isEmpty ? nil : typed.number)
        return try maker.name(for: person) { name in
            try exists("SELECT 1 AS value FROM username WHERE name_key = \(name)")
        }
    }

    /// What speaks against a username for this account, or for a new one; nil when it may have it.
    func usernameProblem(_ name: String, of account: ID<Account>?, addressKey: String?) throws -> HandProblem? {
        guard Username.isValid(name) else { return .usernameUnusable }
        let own = account?.description ?? ""
        if try exists(
            "SELECT 1 AS value FROM username WHERE name_key = \(Username.key(name)) AND account_id <> \(own)")
        {
            return .usernameTaken
        }
        if let asAddress = Address.key(name), asAddress != addressKey,
            try exists("SELECT 1 AS value FROM account WHERE address_key = \(asAddress) AND id <> \(own)")
        {
            return .usernameIsAddress
        }
        return nil
    }

    /// Writes an account made by hand with its username and schools.
    func insertByHand(
        _ typed: TypedPerson, kind: AccountKind, username: String, id: ID<Account>, act: ID<Act>?
    ) throws {
        try execute(
            """
            INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name, given_sort,
              number, grade, roster_language, address, address_key, address_is_pinned, act_id)
            VALUES (\(id), \(kind.rawValue), 'hand', \(typed.schools.first), \(username), \(typed.givenName),
              \(typed.familyName), \(typed.sortName), \(SortName.key(family: "", given: typed.givenName)),
              \(typed.number.orNothing), \(typed.grade.orNothing), \(typed.language.orNothing), \(typed.address.orNothing),
              \(Address.key(typed.address)), \(!typed.address.isEmpty), \(act))
            """)
        try execute("INSERT INTO username (name_key, account_id) VALUES (\(Username.key(username)), \(id))")
        for school in Set(typed.schools).sorted() {
            try execute("INSERT INTO membership (account_id, school_id) VALUES (\(id), \(school))")
        }
    }

    /// Adds places in trackers by hand; one that the roster gives stays the roster's.
    func give(_ trackers: [ID<Tracker>], to account: ID<Account>, as kind: AccountKind) throws {
        let role = kind == .student ? "student" : "teacher"
        for tracker in Set(trackers).sorted() {
            try execute(
                """
                INSERT INTO enrollment (tracker_id, account_id, role, origin)
                VALUES (\(tracker), \(account), \(role), 'hand') ON CONFLICT (tracker_id, account_id, role) DO NOTHING
                """)
        }
    }
}

extension String {
    var orNothing: String? { isEmpty ? nil : self }
}
