import Foundation
import Mail
import SMTP

/// Does the mail server let us in, and will others believe our mail? Opens a session and says goodbye; no mail leaves.
struct MailCheck {
    let settings: Settings

    func findings() async -> [Finding] {
        var findings = [sender]
        if let file = settings.smtpPasswordFile {
            findings += SecretFile.findings(file, named: "FIRSTBELL_SMTP_PASSWORD_FILE")
        }
        if settings.mailStaysHere {
            findings.append(
                Finding("mail", .note, "No mail leaves this machine: it goes into the outbox folder, as .eml files."))
            return findings
        }
        findings.append(await server())
        if settings.smtpURL != nil { findings += Self.advice(for: settings) }
        return findings
    }

    private var sender: Finding {
        guard let address = MailAddress(settings.mailFrom) else {
            return Finding(
                "sender", .wrong,
                "FIRSTBELL_MAIL_FROM is \(settings.mailFrom), which is no address. Write bell@school.example.")
        }
        let host = PublicAddress.host(of: settings.publicURL).lowercased()
        let domain = address.domain.lowercased()
        let isRelated = host == domain || host.hasSuffix("." + domain) || domain.hasSuffix("." + host)
        return isRelated
            ? Finding("sender", .good, "Mail comes from \(address).")
            : Finding(
                "sender", .note,
                "Mail comes from \(address), its links lead to \(host): filters trust mail more where both are one domain."
            )
    }

    private func server() async -> Finding {
        var timeouts = SMTPTimeouts()
        timeouts.connect = .seconds(10)
        timeouts.reply = .seconds(20)
        do {
            guard let way = try settings.smtpTransport(timeouts: timeouts) else {
                return Finding(
                    "mail", .note, "FIRSTBELL_SMTP_URL is not set, so mail waits as held. Cards can be printed.")
            }
            let session = try await way.transport.open()
            await session.quit()
            return Finding("mail", .good, "The mail server let us in: \(way.server.inWords).")
        } catch let fault as DeliveryFault {
            return Finding("mail", .wrong, "The mail server does not let us in: \(fault.reply)")
        } catch {
            return Finding("mail", .wrong, "\(error)")
        }
    }

    /// What the owner of the domain says in DNS, so that others can tell our mail from forgeries (RFC 7208, 6376, 7489).
    static func advice(for settings: Settings) -> [Finding] {
        // A number or a name of this machine alone has no DNS.
        guard let domain = MailAddress(settings.mailFrom)?.domain, domain.contains("."),
            !domain.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) })
        else { return [] }
        return [
            Finding(
                "DNS", .note,
                "SPF: \(domain) needs a TXT record that names your mail server, as: v=spf1 include:<mail server> -all"),
            Finding(
                "DNS", .note,
                "DKIM: let the mail server sign for \(domain), with its public key at <selector>._domainkey.\(domain)"),
            Finding(
                "DNS", .note,
                "DMARC: _dmarc.\(domain) needs a TXT record, as: v=DMARC1; p=quarantine; rua=mailto:postmaster@\(domain)"
            ),
        ]
    }
}
