/// What others see of our mail, and what the owner of its domain says in DNS so that they can tell it from forgeries.
package struct SenderAdvice: Sendable, Equatable {
    /// Who stands in From.
    package let sender: MailAddress
    /// The domain that the envelope names: bounces go there, and SPF is asked of it.
    package let envelopeDomain: String
    /// Where links in mails lead.
    package let linkHost: String
    /// The mail server's name; nil without one.
    package let relay: String?

    /// `envelope` is the sender on the envelope where it is another than in From.
    package init(sender: MailAddress, envelope: MailAddress? = nil, linkHost: String, relay: String?) {
        self.sender = sender
        envelopeDomain = (envelope ?? sender).domain.lowercased()
        self.linkHost = linkHost.lowercased()
        self.relay = relay?.lowercased()
    }

    package var domain: String { sender.domain.lowercased() }
    /// True when one domain is the other's or below it: what DMARC calls aligned, of SPF (RFC 7489 section 3.1.2).
    package var isAligned: Bool { Self.isRelated(domain, envelopeDomain) }
    /// True when links lead to the sender's domain.
    package var linksAreRelated: Bool { Self.isRelated(domain, linkHost) }
    /// True for a domain that gives addresses to everybody: no mail server but its own may send in its name.
    package var isOfEverybody: Bool { Self.givesToEverybody.contains(domain) }

    /// The records to set; none for a domain that DNS does not know.
    package var records: [DNSRecord] {
        guard domain.contains("."), !Self.isNumeric(domain), !isOfEverybody else { return [] }
        return [
            DNSRecord(kind: .spf, name: envelopeDomain, text: "v=spf1 \(sendingServer) -all"),
            DNSRecord(kind: .dkim, name: "<selector>._domainkey.\(domain)", text: "v=DKIM1; k=rsa; p=<public key>"),
            DNSRecord(
                kind: .dmarc, name: "_dmarc.\(domain)", text: "v=DMARC1; p=quarantine; rua=mailto:postmaster@\(domain)"
            ),
        ]
    }

    /// How SPF (RFC 7208) names the machine from which mail leaves.
    private var sendingServer: String {
        guard let relay, relay != "localhost", relay != "::1", !relay.hasPrefix("127.") else { return "a:\(linkHost)" }
        if let known = Self.senders.first(where: { relay == $0.host || relay.hasSuffix(".\($0.host)") }) {
            return "include:\(known.include)"
        }
        if Self.isNumeric(relay) { return relay.utf8.contains(58) ? "ip6:\(relay)" : "ip4:\(relay)" }
        return "a:\(relay)"
    }

    private static func isRelated(_ one: String, _ other: String) -> Bool {
        one == other || one.hasSuffix(".\(other)") || other.hasSuffix(".\(one)")
    }

    private static func isNumeric(_ host: String) -> Bool {
        host.utf8.contains(58) || host.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) }
    }

    /// Whose mail leaves from machines that they name themselves.
    private static let senders: [(host: String, include: String)] = [
        ("gmail.com", "_spf.google.com"), ("google.com", "_spf.google.com"),
        ("office365.com", "spf.protection.outlook.com"), ("outlook.com", "spf.protection.outlook.com"),
        ("amazonaws.com", "amazonses.com"), ("sendgrid.net", "sendgrid.net"), ("mailgun.org", "mailgun.org"),
        ("postmarkapp.com", "spf.mtasv.net"), ("mailjet.com", "spf.mailjet.com"),
    ]

    private static let givesToEverybody: Set = [
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com",
        "me.com", "aol.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "mail.com",
        "zoho.com",
    ]
}

/// A TXT record to set.
package struct DNSRecord: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case spf = "SPF"
        case dkim = "DKIM"
        case dmarc = "DMARC"
    }
    package let kind: Kind
    package let name: String
    package let text: String
}
