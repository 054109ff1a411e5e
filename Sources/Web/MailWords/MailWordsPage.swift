import Core
import Rendering

/// One letter in one language: its words to be changed, and the mail that they make.
struct MailWordsPage: Page {
    static let template = "mail-words/words"

    struct Placeholder {
        let text: String
        let meaning: String
    }
    /// What somebody else has saved while this was typed.
    struct Theirs {
        let sentence: String
        let subject: String
        let body: String
    }
    /// Where the page is after a press.
    struct State {
        var note: AdminNote?
        var trouble = MailText.Trouble()
        var isOvertaken = false
        /// The edition that the form was made from; nil for the newest.
        var base: Int?
        var looks: MailLooks?
        var readerProblem: String?
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let title: String
    let state: String
    let isOwn: Bool
    let action: String
    let act: String
    /// Of going back to FirstBell's own words.
    let ownAct: String
    let base: Int
    let language: String
    let direction: String
    let subject: String
    let subjectLimit: Int
    let subjectProblem: String?
    let body: String
    let bodyLimit: Int
    let bodyProblem: String?
    let placeholders: [Placeholder]
    let reader: String
    let readerProblem: String?
    let looks: MailLooks?
    /// What stands in the mail's place.
    let nothing: String
    let theirs: Theirs?

    /// `own`: FirstBell's words, which stand there where the district has none.
    init(
        _ line: MailWordsLine, own: (subject: String, body: String), typed: MailWordsForm, _ state: State, act: ID<Act>,
        ownAct: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        let catalog = visit.house.catalogs.words(line.language)
        title = words("{letter}, {language}", ["letter": line.letter.name(words), "language": catalog.name])
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(.mail, words: words)
        note = state.note
        isOwn = line.text == nil
        let saved = line.edition.map { Self.saved($0, visit) }
        self.state =
            isOwn
            ? [words("These are FirstBell’s own words."), saved].compactMap(\.self).joined(separator: " ")
            : saved ?? ""
        action = MailWordsListPage.href(line.letter, line.language)
        self.act = act.description
        self.ownAct = ownAct.description
        base = state.base ?? line.edition?.number ?? MailEdition.own
        (language, direction) = (catalog.language, catalog.direction)
        (subject, body, reader) = (typed.subject, typed.body, typed.reader)
        (subjectLimit, bodyLimit) = (MailText.longestSubject, MailText.longestBody)
        subjectProblem = state.trouble.subject?.sentence(words, most: MailText.longestSubject)
        bodyProblem = state.trouble.body?.sentence(words, most: MailText.longestBody)
        placeholders = MailPlaceholder.allCases.map { Placeholder(text: $0.text, meaning: $0.meaning(words)) }
        readerProblem = state.readerProblem
        looks = state.looks
        nothing =
            state.trouble == MailText.Trouble() && typed.reader.isEmpty && !state.isOvertaken
            ? words("Nobody has an address yet, so there is no mail to show.")
            : words("There is no mail to show yet.")
        theirs = state.isOvertaken ? Self.theirs(line, own, visit) : nil
    }

    static func saved(_ edition: MailEdition, _ visit: Visit) -> String {
        visit.words(
            "Saved by {name}, {moment}.",
            ["name": visit.words.person(edition.madeBy), "moment": visit.words.moment(edition.madeAt.date, visit.zone)])
    }

    private static func theirs(_ line: MailWordsLine, _ own: (subject: String, body: String), _ visit: Visit) -> Theirs
    {
        Theirs(
            sentence: line.edition.map { saved($0, visit) } ?? "", subject: line.text?.subject ?? own.subject,
            body: line.text?.body ?? own.body)
    }
}
