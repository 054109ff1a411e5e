package import Storage

/// A mail that nobody has sent: what somebody would read if it were sent now.
package struct MailDraft: Sendable {
    package let letter: MailLetter
    /// The language that it is looked at in; nil for the reader's own.
    package let language: String?
    /// Already cleaned (`AdditionalMessage.cleaned`).
    package let message: String
    /// Who would press Send.
    package let sender: SignedIn
    /// Words that are being written, for those that are saved; `.some(nil)` for FirstBell's own.
    package let text: MailText??

    package init(
        _ letter: MailLetter, in language: String? = nil, message: String = "", from sender: SignedIn,
        saying text: MailText?? = nil
    ) {
        self.letter = letter
        self.language = language
        self.message = message
        self.sender = sender
        self.text = text
    }
}

extension Connection {
    /// The mail that a draft would be to somebody whom the one who asks may see. Its link has no row, so it opens nothing.
    ///
    /// Made of the same columns and words as a claimed mail. nil where there is no such person.
    package func claimedMail(of draft: MailDraft, to reader: ID<Account>, at now: Timestamp) throws -> ClaimedMail? {
        let found = try rows(
            """
            SELECT a.kind, a.given_name, a.username, a.address, a.school_id, \(SQL.mailLanguage) AS language,
              coalesce(s.name, d.name) AS school, CASE WHEN s.id IS NULL THEN '' ELSE d.name END AS place,
              d.name AS district
            FROM account a \(MailingCandidate.places) WHERE a.id = \(reader) AND a.kind = \(draft.letter.reader.rawValue)
            """)
        guard let row = found.first, let kind = AccountKind(rawValue: try row["kind"]) else { return nil }
        let language: String = try row["language"]
        let saved = try ownMailWords(draft.letter, to: try row["school_id"], in: try newestEdition())
        var texts = saved.texts
        if let text = draft.text, let language = draft.language { texts[language] = text }
        let isPressed = draft.letter.isPressed
        let life = isPressed ? MailedLink.life : ForgottenPassword.linkLife(for: kind)
        let link = MailedLink(id: ID(bytes: Array(repeating: 0, count: 16)), key: KeyID(number: 1), endsAt: now + life)
        let address: String? = try row["address"]
        let school: String = try row["school"]
        return ClaimedMail(
            id: ID(bytes: Array(repeating: 0, count: 16)), mailing: nil, priority: MailPriority.single.rawValue,
            account: reader, kind: kind,
            givenName: try row["given_name"], username: try row["username"], address: address ?? "",
            language: draft.language ?? language,
            content: isPressed ? .activation(link, message: draft.message) : .renewal(link),
            senderName: isPressed ? draft.sender.name : school,
            senderPlace: isPressed ? draft.sender.place : try row["place"], isPressed: isPressed, school: school,
            district: try row["district"], own: OwnMailWords(texts: texts, sender: saved.sender), attempts: 0,
            firstTriedAt: nil)
    }

    /// Somebody of an administrator's scope to whom a letter could go: the one with this username, else the first there is.
    package func reader(
        of letter: MailLetter, named username: String?, for administrator: Administrator
    ) throws -> (id: ID<Account>, username: String)? {
        var isMeant: SQL = "a.suspended_at IS NULL AND a.address IS NOT NULL"
        if let username {
            isMeant = "a.id IN (SELECT u.account_id FROM username u WHERE u.name_key = \(Username.key(username)))"
        }
        return try rows(
            """
            SELECT a.id, a.username FROM account a
            WHERE a.kind = \(letter.reader.rawValue) AND \(administrator.sees) AND \(isMeant) ORDER BY a.id LIMIT 1
            """
        ).first.map { (try $0["id"], try $0["username"]) }
    }
}
