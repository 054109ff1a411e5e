package import Core
import Storage

/// A mail as it leaves the house.
package struct SentMail: Sendable {
    package let mail: ClaimedMail
    /// Where its button leads.
    package let path: String
    /// What a notice tells of; nil for other mails.
    package var event: Notice.Event? {
        if case .notice(let notice) = mail.content { return notice.event }
        return nil
    }
    package var isRenewal: Bool {
        if case .renewal = mail.content { return true }
        return false
    }
    package var isActivation: Bool {
        if case .activation = mail.content { return true }
        return false
    }
}

extension Schoolhouse {
    /// The postman comes by: everything that is due leaves and arrives.
    @discardableResult package func emptyMailbox() async throws -> [SentMail] {
        let (now, keyring) = (clock.now, keyring)
        let links = (0..<50).map { _ in ID<ActivationLink>.random() }
        let hand = MailClaim(of: Self.server.id, at: now)
        let claimed = try await write { connection in
            let claimed = try connection.claimMails(
                limit: 50, newLinks: links, keyring: keyring, by: hand, at: now)
            for mail in claimed {
                _ = try connection.markInData(mail.id, by: hand, at: now)
                try connection.settle(mail.id, .accepted, by: hand, at: now)
            }
            return claimed
        }
        return try claimed.map { mail in
            let path =
                switch mail.content {
                case .activation(let link, _), .renewal(let link):
                    "/activate/\(try ActivationToken(id: link.id, keyID: link.key, keyring: keyring).text.value)"
                case .notice(let notice):
                    "/not-me/\(try NoticeToken(id: mail.id, keyID: notice.key, keyring: keyring).text.value)"
                case .rosterNotice(let notice): "/admin/roster-syncs/\(notice.plan)"
                }
            return SentMail(mail: mail, path: path)
        }
    }

    /// The one mail of that kind that leaves now. Throws when there is none, or more than one.
    package func only(_ fits: (SentMail) -> Bool) async throws -> SentMail {
        let sent = try await emptyMailbox()
        guard let mail = sent.first, sent.count == 1, fits(mail) else {
            throw Trouble("\(sent.count) mails left: \(sent.map(\.path))")
        }
        return mail
    }
}
