package import Core
package import Foundation
package import Rendering

/// Makes the message of a claimed mail, at the moment in which it is sent.
package struct MailComposer: Sendable {
    private let sender: MailAddress
    private let replyTo: Mailbox?
    private let publicURL: String
    private let zone: TimeZone
    private let keyring: Keyring
    private let catalogs: Catalogs
    private let renderer: Renderer

    /// `publicURL` has no slash at its end and is the only source of links.
    package init(
        sender: MailAddress, replyTo: Mailbox? = nil, publicURL: String, zone: TimeZone, keyring: Keyring,
        catalogs: Catalogs, renderer: Renderer
    ) {
        self.sender = sender
        self.replyTo = replyTo
        self.publicURL = publicURL
        self.zone = zone
        self.keyring = keyring
        self.catalogs = catalogs
        self.renderer = renderer
    }

    /// nil when the address cannot be one. Throws when a key or a template is missing.
    package func parcel(for mail: ClaimedMail, at now: Timestamp) throws -> Parcel? {
        guard let recipient = MailAddress(mail.address) else { return nil }
        let from = Mailbox(name: HeaderText(cleaning: signer(of: mail).parts.joined(separator: ", ")), address: sender)
        let message = MailMessage(
            id: mail.id, date: now, sender: from, replyTo: replyTo, recipient: recipient, letter: try letter(for: mail))
        return Parcel(sender: sender, recipient: recipient, message: message.bytes, name: mail.id.description)
    }

    private func signer(of mail: ClaimedMail) -> LetterSender {
        LetterSender(name: mail.senderName, place: mail.senderPlace)
    }

    private func letter(for mail: ClaimedMail) throws -> Letter {
        let words = catalogs.words(mail.language)
        switch mail.content {
        case .activation(let link, let message):
            return try ActivationMail(
                kind: mail.kind, givenName: mail.givenName, username: mail.username, link: try address(of: link),
                worksUntil: link.endsAt, sender: signer(of: mail), message: message
            ).letter(words, zone, renderer)
        case .renewal(let link):
            return try RenewalMail(
                kind: mail.kind, givenName: mail.givenName, username: mail.username, link: try address(of: link),
                worksUntil: link.endsAt, sender: signer(of: mail)
            ).letter(words, zone, renderer)
        case .notice(let notice):
            let token = try NoticeToken(id: mail.id, keyID: notice.key, keyring: keyring).text
            return try NoticeMail(
                kind: mail.kind, event: notice.event, givenName: mail.givenName, username: mail.username,
                actor: notice.actor, at: notice.at, link: Redacted("\(publicURL)/not-me/\(token.value)"),
                sender: signer(of: mail)
            ).letter(words, zone, renderer)
        case .rosterNotice(let notice):
            return try RosterNoticeMail(
                notice: notice, givenName: mail.givenName, username: mail.username,
                link: Redacted("\(publicURL)/admin/roster-syncs/\(notice.plan)"), sender: signer(of: mail)
            ).letter(words, zone, renderer)
        }
    }

    private func address(of link: MailedLink) throws -> Redacted<String> {
        let token = try ActivationToken(id: link.id, keyID: link.key, keyring: keyring).text
        return Redacted("\(publicURL)/activate/\(token.value)")
    }
}
