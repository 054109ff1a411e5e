import Core
import Rendering

/// Who the mails of one school, or of all, are from.
struct MailSenderPage: Page {
    static let template = "mail-words/sender"

    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let title: String
    let isDistrict: Bool
    let saved: String?
    let theirs: [String]
    let isOvertaken: Bool
    let action: String
    let act: String
    let base: Int
    let name: String
    let nameLimit: Int
    let nameProblem: String?
    let replyTo: String
    let replyToProblem: String?
    let signature: String
    let signatureLimit: Int
    let signatureProblem: String?

    /// `base`: the edition that the form was made from; nil for the newest.
    init(
        _ line: MailSenderLine, typed: MailSenderForm, trouble: MailSender.Trouble = MailSender.Trouble(),
        note: AdminNote? = nil, isOvertaken: Bool = false, base: Int? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        title = words("Sender and signature: {place}", ["place": line.name])
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(.mail, words: words)
        self.note = note
        self.isOvertaken = isOvertaken
        isDistrict = line.place == .district
        saved = line.edition.map { MailWordsPage.saved($0, visit) }
        theirs = ([line.sender.name, line.sender.replyTo] + line.sender.lines).filter { !$0.isEmpty }
        action = MailSendersPage.href(line.place)
        self.act = act.description
        self.base = base ?? line.edition?.number ?? MailEdition.own
        (name, replyTo, signature) = (typed.name, typed.replyTo, typed.signature)
        (nameLimit, signatureLimit) = (MailSender.longestName, MailSender.longestSignature)
        nameProblem = trouble.name?.sentence(words, most: MailSender.longestName)
        replyToProblem = trouble.replyTo?.sentence(words, most: 254)
        signatureProblem = trouble.signature?.sentence(words, most: MailSender.longestSignature)
    }
}
