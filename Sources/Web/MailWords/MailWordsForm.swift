import Core
import Rendering

/// Subject and text of a letter as somebody typed them, and whose mail is to be looked at.
struct MailWordsForm: Sendable {
    let subject: String
    let body: String
    /// A username; empty for the first there is.
    let reader: String

    init(subject: String, body: String, reader: String) {
        self.subject = subject
        self.body = body
        self.reader = reader
    }

    init(_ form: Form) throws(BadForm) {
        subject = try form.text("subject")
        body = try form.text("body")
        reader = (form.optional("reader") ?? "").trimmingBlanks()
    }

    /// What was typed, checked; nil for FirstBell's own words, letter by letter.
    func text(ifNot own: (subject: String, body: String)) throws(MailText.Trouble) -> MailText? {
        let text = try MailText(typedSubject: subject, typedBody: body)
        return text.subject == own.subject && text.body == own.body ? nil : text
    }
}

extension MailText.Problem {
    /// What to mend, in a plain sentence. `most` fit.
    func sentence(_ words: Words, most: Int) -> String {
        switch self {
        case .empty: words("Something has to stand here.")
        case .tooLong(let over):
            words.plural(
                "Shorten it by {count} character: {limit} fit.", "Shorten it by {count} characters: {limit} fit.", over,
                ["limit": words.number(most)])
        case .lineBreak: words("A subject is one line. Take the line break out.")
        case .control(let before):
            before.isEmpty
                ? words("At the beginning stands a character that nobody sees. Delete it and type that place again.")
                : words(
                    "After “{text}” stands a character that nobody sees. Delete it and type that place again.",
                    ["text": before])
        case .unknown(let name):
            words("“{name}” cannot be filled in. Use what is listed below, as it is written there.", ["name": name])
        case .brace(let text):
            words("At “{text}” a brace stands alone. Close it, or take it out.", ["text": text])
        }
    }
}

extension MailLetter {
    /// What the letter is, for a person.
    func name(_ words: Words) -> String {
        switch self {
        case .studentActivation: words("Activation email to students")
        case .staffActivation: words("Activation email to staff")
        case .studentRenewal: words("“Forgot your password?” to students")
        case .staffRenewal: words("“Forgot your password?” to staff")
        }
    }
}

extension MailPlaceholder {
    /// What stands in its place.
    func meaning(_ words: Words) -> String {
        switch self {
        case .givenName: words("the first name of who reads it")
        case .username: words("the username of who reads it")
        case .school: words("the school of who reads it")
        case .district: words("the district")
        case .sender: words("who presses Send; the school where nobody does")
        case .linkEnds: words("until when the button works")
        }
    }
}
