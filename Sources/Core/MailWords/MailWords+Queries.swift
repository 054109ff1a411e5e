package import Storage

/// A letter in one language as the district has it now.
package struct MailWordsLine: Sendable, Equatable {
    package let letter: MailLetter
    package let language: String
    /// nil for FirstBell's own words.
    package let text: MailText?
    /// The last change; nil where there was none.
    package let edition: MailEdition?
}

extension Connection {
    /// A letter's words in one language; only for who administers the district, whose page this is.
    package func mailWords(_ letter: MailLetter, in language: String) throws -> MailWordsLine {
        let row = try rows(
            """
            SELECT w.subject, w.body, w.edition FROM mail_words w
            WHERE w.letter = \(letter.rawValue) AND w.language = \(language) ORDER BY w.edition DESC LIMIT 1
            """
        ).first
        let subject: String? = try row.flatMap { try $0["subject"] }
        let body: String? = try row.flatMap { try $0["body"] }
        let text = subject.flatMap { subject in body.map { MailText(subject: subject, body: $0) } }
        let edition = try row.map { try $0["edition"] as Int }
        return MailWordsLine(
            letter: letter, language: language, text: text, edition: try edition.flatMap { try self.edition($0) })
    }

    /// Saves a letter's words in one language; nil goes back to FirstBell's own. The same act again changes nothing.
    package func save(
        _ text: MailText?, as letter: MailLetter, in language: String, _ change: MailEdition.Change
    ) throws -> MailEdition.Outcome {
        guard change.administrator.hasDistrict else { return .notFound }
        let current: Int? = try value(
            """
            SELECT max(w.edition) AS value FROM mail_words w
            WHERE w.letter = \(letter.rawValue) AND w.language = \(language)
            """)
        let (number, outcome) = try begin(change, from: current ?? MailEdition.own)
        guard let number else { return outcome }
        try record(
            .mailWordsChanged, by: change.administrator.id,
            detail: "mail words \(letter.rawValue) \(language) \(number)",
            id: change.entry, at: change.now)
        try execute(
            """
            INSERT INTO mail_words (edition, letter, language, subject, body)
            VALUES (\(number), \(letter.rawValue), \(language), \(text?.subject), \(text?.body))
            """)
        return outcome
    }

    /// The district's own words of a letter by language, as an edition has them.
    func mailTexts(of letter: MailLetter, in edition: Int) throws -> [String: MailText] {
        guard edition > MailEdition.own else { return [:] }
        var texts: [String: MailText] = [:]
        try forEachRow(
            """
            SELECT w.language, w.subject, w.body FROM mail_words w
            WHERE w.letter = \(letter.rawValue) AND w.subject IS NOT NULL AND w.edition = (SELECT max(x.edition)
              FROM mail_words x WHERE x.letter = w.letter AND x.language = w.language AND x.edition <= \(edition))
            """
        ) { row in
            texts[try row["language"]] = MailText(subject: try row["subject"], body: try row["body"])
        }
        return texts
    }
}
