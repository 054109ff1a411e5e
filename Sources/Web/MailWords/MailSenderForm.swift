import Core
import Rendering

/// Who mails are from, as somebody typed it.
struct MailSenderForm: Sendable {
    let name: String
    let replyTo: String
    let signature: String

    init(_ sender: MailSender) {
        name = sender.name
        replyTo = sender.replyTo
        signature = sender.signature
    }

    init(_ form: Form) throws(BadForm) {
        name = try form.text("name")
        replyTo = try form.text("reply-to")
        signature = try form.text("signature")
    }

    func sender() throws(MailSender.Trouble) -> MailSender {
        try MailSender(typedName: name, replyTo: replyTo, signature: signature)
    }
}

extension MailSender.Problem {
    /// What to mend, in a plain sentence. `most` characters fit.
    func sentence(_ words: Words, most: Int) -> String {
        switch self {
        case .tooLong(let over):
            words.plural(
                "Shorten it by {count} character: {limit} fit.", "Shorten it by {count} characters: {limit} fit.", over,
                ["limit": words.number(most)])
        case .tooManyLines:
            words.plural(
                "A signature has {count} line or fewer.", "A signature has {count} lines or fewer.",
                MailSender.mostLines)
        case .control: words("There is a character in it that nobody sees. Delete it and type that place again.")
        case .address: words("That is no email address. Write one, such as office@school.example.")
        }
    }
}
