import Storage

/// What a district and a school say in a mail in FirstBell's place.
package struct OwnMailWords: Sendable, Equatable {
    /// The letter's text by the language of a catalog; none where the words are FirstBell's.
    package let texts: [String: MailText]
    package let sender: MailSender

    package init(texts: [String: MailText] = [:], sender: MailSender = .none) {
        self.texts = texts
        self.sender = sender
    }
}

extension Connection {
    /// What an edition says in a letter to somebody of a school; in notices only the sender is theirs.
    func ownMailWords(_ letter: MailLetter?, to school: ID<School>?, in edition: Int) throws -> OwnMailWords {
        OwnMailWords(
            texts: try letter.map { try mailTexts(of: $0, in: edition) } ?? [:],
            sender: try mailSender(of: school, in: edition))
    }
}
