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
        let from = Mailbox(name: HeaderText(cleaning: "\(mail.senderName), \(mail.senderPlace)"), address: sender)
        let message = MailMessage(
            id: mail.id, date: now, sender: from, replyTo: replyTo, recipient: recipient, letter: try letter(for: mail))
        return Parcel(sender: sender, recipient: recipient, message: message.bytes, name: mail.id.description)
    }

    private func letter(for mail: ClaimedMail) throws -> Letter {
        let token = try ActivationToken(id: mail.link, keyID: mail.linkKey, keyring: keyring).text
        let link = Redacted("\(publicURL)/activate/\(token.value)")
        let words = catalogs.words(mail.language)
        let from = LetterSender(name: mail.senderName, place: mail.senderPlace)
        switch mail.kind {
        case .student:
            return try ActivationMail(
                givenName: mail.givenName, username: mail.username, link: link, worksUntil: mail.linkEndsAt,
                sender: from,
                message: mail.message
            ).letter(words, zone, renderer)
        case .staff:
            return try StaffActivationMail(
                givenName: mail.givenName, username: mail.username, link: link, worksUntil: mail.linkEndsAt,
                sender: from,
                message: mail.message
            ).letter(words, zone, renderer)
        }
    }
}
