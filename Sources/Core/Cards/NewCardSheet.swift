/// What a print-out needs to know; made outside the transaction, which may run twice.
package struct NewCardSheet: Sendable {
    /// Whose cards: some trackers' or schools', or one student's.
    package enum Scope: Sendable, Equatable {
        case groups(MailingChoice)
        case student(ID<Account>)
    }
    /// Made with the form, so that pressing again finds what was done.
    package let act: ID<Act>
    package let scope: Scope
    /// Only students in one of these states get a card; nil for everybody.
    package let states: Set<StudentState>?
    /// True: a student of two trackers has a card in each group; false: one card and a line that points to it.
    package let repeatsCards: Bool
    /// The key with which credentials that have to be made are made.
    package let key: KeyID
    package var mint: IDMint
    package let now: Timestamp
    package init(
        act: ID<Act>, scope: Scope, states: Set<StudentState>? = nil, repeatsCards: Bool = false, key: KeyID,
        mint: IDMint, now: Timestamp
    ) {
        self.act = act
        self.scope = scope
        self.states = states
        self.repeatsCards = repeatsCards
        self.key = key
        self.mint = mint
        self.now = now
    }
}

/// How long what is printed works (design section 5).
package enum CardLife {
    /// From each showing that starts or renews a temporary password.
    package static let span = Span.days(30)
    /// From the first showing, however often it is renewed.
    package static let longest = Span.days(90)
    /// How long a sheet is shown to its maker before it has to be printed anew.
    package static let shown = Span.minutes(15)
}

/// How large a sheet may be.
package enum CardLimit {
    /// In students. More is a day's printing: it goes school by school.
    package static let students = 10_000
    /// Up to so many lines are written in the transaction of the press.
    static let linesOfPress = 300
}
