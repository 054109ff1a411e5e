package import Storage

/// Two accounts of one person, before they are joined.
package struct TwoAccounts: Sendable, Equatable {
    package let one: AccountSide
    package let other: AccountSide

    /// The one whose username and password stay: the active one. nil where an administrator chooses.
    package var kept: ID<Account>? {
        one.isActive == other.isActive ? nil : one.isActive ? one.id : other.id
    }

    /// Tells whether anybody has changed either since a form was drawn.
    package var stamp: String {
        [one, other].map { "\($0.username)/\($0.isActive)/\($0.isSuspended)" }.joined(separator: "|")
    }
}

/// A press of Join.
package struct JoiningAccounts: Sendable {
    package let one: ID<Account>
    package let other: ID<Account>
    package let kind: AccountKind
    /// Whose username and password stay.
    package let kept: ID<Account>
    /// `TwoAccounts.stamp` as it was when the form was drawn.
    package let stamp: String
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(
        one: ID<Account>, other: ID<Account>, kind: AccountKind, kept: ID<Account>, stamp: String,
        entry: ID<AuditEntry>, now: Timestamp
    ) {
        self.one = one
        self.other = other
        self.kind = kind
        self.kept = kept
        self.stamp = stamp
        self.entry = entry
        self.now = now
    }
}

/// What became of it. Unless it is `joined`, nothing was written.
package enum JoinedAccounts: Sendable, Equatable {
    case joined(ID<Account>)
    /// Somebody else changed one of them meanwhile, or the password that would go is in use: look again.
    case stale
}

extension Connection {
    /// Two accounts that an administrator may join; nil where one of them is none of theirs, or both are the same.
    package func twoAccounts(
        _ one: ID<Account>, _ other: ID<Account>, _ kind: AccountKind, visibleTo administrator: Administrator
    ) throws -> TwoAccounts? {
        guard one != other, let first = try side(one, kind, visibleTo: administrator),
            let second = try side(other, kind, visibleTo: administrator)
        else { return nil }
        return TwoAccounts(one: first, other: second)
    }

    /// Who may be the same person as this one: those that a search finds, or without one those of the same name or number.
    /// nil where the account is none that this administrator may join.
    package func peopleLike(
        _ person: ID<Account>, _ kind: AccountKind, search: String, visibleTo administrator: Administrator
    ) throws -> (person: AccountSide, others: [AccountSide])? {
        guard let side = try side(person, kind, visibleTo: administrator) else { return nil }
        let words = SearchWord.all(in: search)
        let isFound: SQL =
            words.first.map { first in
                words.dropFirst().reduce(Self.begins(first, kind)) { "\($0) AND \($1.isFoundOrNumber)" }
            } ?? Self.isNamesake(of: side, kind)
        return (side, try sides(administrator, kind, where: "a.id <> \(person) AND \(isFound)", limit: 20))
    }

    /// Accounts `a` of the same name or number, each found in an index.
    private static func isNamesake(of side: AccountSide, _ kind: AccountKind) -> SQL {
        """
        a.id IN (SELECT p.id FROM account p WHERE p.number = \(side.number)
          UNION SELECT p.id FROM account p WHERE \(isListed(kind)) AND p.sort_name = \(side.sortName))
        """
    }

    /// Accounts `a` whose family or given name, username or number begins with the word or is it, found in the same way.
    private static func begins(_ word: SearchWord, _ kind: AccountKind) -> SQL {
        let given: SQL =
            kind == .student
            ? "p.state IS NOT NULL AND \(word.begins("p.given_sort", folded: true))"
            : "p.kind = 'staff' AND p.sort_name LIKE \(word.pattern) ESCAPE '!'"
        return """
            a.id IN (SELECT p.id FROM account p WHERE p.number = \(word.typed)
              UNION SELECT u.account_id FROM username u WHERE u.name_key = \(word.typed)
              UNION SELECT p.id FROM account p WHERE \(isListed(kind)) AND \(word.begins("p.sort_name", folded: true))
              UNION SELECT p.id FROM account p WHERE \(given))
            """
    }

    private static func isListed(_ kind: AccountKind) -> SQL {
        kind == .student
            ? "p.state IN \(SQL.list(StudentState.allCases.map(\.rawValue)))" : "p.kind = 'staff'"
    }
}
