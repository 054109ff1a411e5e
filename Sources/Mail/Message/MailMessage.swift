package import Core

/// One mail to one person, before it is put into bytes.
package struct MailMessage: Sendable, Equatable {
    /// Names the mail for good: a second copy of it has the same Message-ID.
    package let id: ID<OutgoingMail>
    package let date: Timestamp
    package let sender: Mailbox
    package let replyTo: Mailbox?
    package let recipient: MailAddress
    package let subject: HeaderText
    package let text: String
    package let html: String
    /// BCP 47.
    package let language: String

    package init(
        id: ID<OutgoingMail>, date: Timestamp, sender: Mailbox, replyTo: Mailbox? = nil, recipient: MailAddress,
        letter: Letter
    ) {
        self.id = id
        self.date = date
        self.sender = sender
        self.replyTo = replyTo
        self.recipient = recipient
        subject = letter.subject
        text = letter.text
        html = letter.html
        language = letter.language
    }
}

/// An address with the name of the one who writes or reads there.
package struct Mailbox: Sendable, Equatable {
    package let name: HeaderText
    package let address: MailAddress
    package init(name: HeaderText, address: MailAddress) {
        self.name = name
        self.address = address
    }

    func encoded(after headerLength: Int) -> String {
        let phrase = name.encodedAsPhrase
        let lastLine = phrase.utf8.reversed().prefix { $0 != 10 }.count
        let fits = headerLength + lastLine + address.description.utf8.count + 3 <= 76
        return "\(phrase)\(fits ? " " : "\r\n ")<\(address)>"
    }
}

/// The words of a mail: what its reader sees.
package struct Letter: Sendable, Equatable {
    package let subject: HeaderText
    package let text: String
    package let html: String
    /// BCP 47.
    package let language: String
    package init(subject: HeaderText, text: String, html: String, language: String) {
        self.subject = subject
        self.text = text
        self.html = html
        self.language = language
    }
}
