package import Core
package import Foundation
package import Rendering

/// Makes the message of a claimed mail, at the moment in which it is sent; and what a draft of one would look like.
package struct MailComposer: Sendable {
    private let sender: MailAddress
    private let returns: ReturnAddress?
    private let replyTo: Mailbox?
    private let publicURL: String
    private let zone: TimeZone
    private let keyring: Keyring
    private let catalogs: Catalogs
    private let renderer: Renderer

    /// `publicURL` has no slash at its end and is the only source of links. Without `returns`, mail comes back to the sender.
    package init(
        sender: MailAddress, returns: ReturnAddress? = nil, replyTo: Mailbox? = nil, publicURL: String, zone: TimeZone,
        keyring: Keyring, catalogs: Catalogs, renderer: Renderer
    ) {
        self.sender = sender
        self.returns = returns
        self.replyTo = replyTo
        self.publicURL = publicURL
        self.zone = zone
        self.keyring = keyring
        self.catalogs = catalogs
        self.renderer = renderer
    }

    /// nil when the address cannot be one. Throws when a key or a template is missing.
    package func parcel(for mail: ClaimedMail, at now: Timestamp) throws -> Parcel? {
        guard let message = try message(for: mail, at: now) else { return nil }
        let envelope = try returns?.address(of: mail, keyring: keyring) ?? sender
        return Parcel(sender: envelope, recipient: message.recipient, message: message.bytes, name: mail.id.description)
    }

    /// The mail before it is put into bytes; nil when the address cannot be one.
    package func message(for mail: ClaimedMail, at now: Timestamp) throws -> MailMessage? {
        guard let recipient = MailAddress(mail.address) else { return nil }
        return MailMessage(
            id: mail.id, date: now, sender: from(mail), replyTo: answers(to: mail), recipient: recipient,
            letter: try letter(for: mail, opens: true))
    }

    /// The mail as it would be sent, but for what opens a door: that is blanked.
    package func preview(of mail: ClaimedMail) throws -> PreviewedLetter {
        PreviewedLetter(
            from: from(mail), replyTo: answers(to: mail), to: mail.address,
            letter: try letter(for: mail, opens: false), wording: try wording(for: mail, opens: false).wording)
    }

    /// The address stays the installation's, for which mail servers vouch; only the name before it is the school's.
    private func from(_ mail: ClaimedMail) -> Mailbox {
        let name = mail.own.sender.name
        let shown = name.isEmpty ? signer(of: mail).parts.joined(separator: ", ") : name
        return Mailbox(name: HeaderText(cleaning: shown), address: sender)
    }

    private func answers(to mail: ClaimedMail) -> Mailbox? {
        guard let address = MailAddress(mail.own.sender.replyTo) else { return replyTo }
        return Mailbox(name: from(mail).name, address: address)
    }

    private func signer(of mail: ClaimedMail) -> LetterSender {
        LetterSender(
            name: mail.senderName, place: mail.senderPlace, isPerson: mail.isPressed, signature: mail.own.sender.lines)
    }

    private func letter(for mail: ClaimedMail, opens: Bool) throws -> Letter {
        let (wording, link) = try wording(for: mail, opens: opens)
        return try wording.letter(link: link, catalogs.words(mail.language), renderer)
    }

    /// The sentences of a mail and the address that it leads to.
    private func wording(
        for mail: ClaimedMail, opens: Bool
    ) throws -> (wording: LetterWording, link: Redacted<String>) {
        let words = catalogs.words(mail.language)
        let own = mail.own.texts[words.language].map {
            DistrictText($0, school: mail.school, district: mail.district)
        }
        switch mail.content {
        case .activation(let link, let message):
            let (address, code) = try door(of: link, opens: opens)
            return (
                ActivationMail(
                    kind: mail.kind, givenName: mail.givenName, username: mail.username, link: address, code: code,
                    worksUntil: link.endsAt, sender: signer(of: mail), message: message, own: own
                ).wording(words, zone), address
            )
        case .renewal(let link):
            let (address, code) = try door(of: link, opens: opens)
            return (
                RenewalMail(
                    kind: mail.kind, givenName: mail.givenName, username: mail.username, link: address, code: code,
                    worksUntil: link.endsAt, sender: signer(of: mail), own: own
                ).wording(words, zone), address
            )
        case .notice(let notice):
            let token = try NoticeToken(id: mail.id, keyID: notice.key, keyring: keyring).text
            let address = Redacted("\(publicURL)/not-me/\(token.value)")
            return (
                NoticeMail(
                    kind: mail.kind, event: notice.event, givenName: mail.givenName, username: mail.username,
                    actor: notice.actor, at: notice.at, link: address, sender: signer(of: mail)
                ).wording(words, zone), address
            )
        case .rosterNotice(let notice):
            let address = Redacted("\(publicURL)/admin/roster-syncs/\(notice.plan)")
            return (
                RosterNoticeMail(
                    notice: notice, givenName: mail.givenName, username: mail.username, link: address,
                    sender: signer(of: mail)
                ).wording(words, zone), address
            )
        }
    }

    /// The link and the code that open an account. Of a draft there is no link yet.
    private func door(of link: MailedLink, opens: Bool) throws -> (link: Redacted<String>, code: LetterCode) {
        let signIn = "\(publicURL)/sign-in"
        guard opens else {
            return (
                Redacted("\(publicURL)/activate/…"), LetterCode(text: Redacted(LetterCode.blank), address: signIn)
            )
        }
        let token = try ActivationToken(id: link.id, keyID: link.key, keyring: keyring).text
        let code = try LinkCode(link: link.id, keyID: link.key, keyring: keyring).text
        return (Redacted("\(publicURL)/activate/\(token.value)"), LetterCode(text: code, address: signIn))
    }
}

/// A mail that nobody has sent, as its reader would see it.
package struct PreviewedLetter: Sendable, Equatable {
    package let from: Mailbox
    package let replyTo: Mailbox?
    /// Empty for somebody without an address.
    package let to: String
    package let letter: Letter
    /// The same, sentence by sentence.
    package let wording: LetterWording
}
