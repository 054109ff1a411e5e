import Core
import Foundation
import Mail
import SMTP

/// Does the mail server let us in and take our sender, how much has left, and will others believe our mail? Goes all the way to
/// a mail and stops before it.
struct MailCheck {
    let settings: Settings
    /// What left in the last 24 hours; nil where nobody can tell.
    let volume: MailVolume?

    func findings() async -> [Finding] {
        var findings = sender
        if let file = settings.smtpPasswordFile {
            findings += SecretFile.findings(file, named: "FIRSTBELL_SMTP_PASSWORD_FILE")
        }
        if settings.mailStaysHere {
            findings.append(
                Finding("mail", .note, "No mail leaves this machine: it goes into the outbox folder, as .eml files."))
            return findings
        }
        findings += await server()
        if settings.smtpURL != nil { findings += day + Self.records(for: settings) }
        return findings
    }

    private var sender: [Finding] {
        guard let advice = settings.senderAdvice else {
            return [
                Finding(
                    "sender", .wrong,
                    "FIRSTBELL_MAIL_FROM is \(settings.mailFrom), which is no address. Write bell@school.example.")
            ]
        }
        if advice.isOfEverybody {
            return [
                Finding(
                    "sender", .note,
                    "Mail comes from \(advice.sender), but \(advice.domain) gives addresses to everybody: others cannot tell our mail "
                        + "from forgeries. Set FIRSTBELL_MAIL_FROM to an address of your own domain.")
            ]
        }
        var findings = [
            advice.linksAreRelated
                ? Finding("sender", .good, "Mail comes from \(advice.sender), and its links lead to the same domain.")
                : Finding(
                    "sender", .note,
                    "Mail comes from \(advice.sender), its links lead to \(advice.linkHost): filters trust mail more where both are "
                        + "one domain.")
        ]
        if !advice.isAligned {
            findings.append(
                Finding(
                    "sender", .note,
                    "From says \(advice.domain), the envelope \(advice.envelopeDomain): under DMARC others take such mail only where "
                        + "it is signed (DKIM) for \(advice.domain). One domain for both is safer."))
        }
        return findings
    }

    private func server() async -> [Finding] {
        do {
            guard let way = try settings.smtpTransport(timeouts: .hasty) else {
                return [
                    Finding(
                        "mail", .note, "FIRSTBELL_SMTP_URL is not set, so mail waits as held. Cards can be printed.")
                ]
            }
            let sender = MailAddress(settings.mailFrom) ?? MailAddress("postmaster@localhost")
            guard let sender else { return [] }
            return Self.findings(await way.transport.checkUp(sender: sender), way.server.inWords, sender)
        } catch {
            return [Finding("mail", .wrong, "\(error)")]
        }
    }

    private static func findings(_ checkup: ServerCheckup, _ server: String, _ sender: MailAddress) -> [Finding] {
        var findings = checkup.passed.compactMap { step -> Finding? in
            switch step {
            case .connection: nil
            case .greeting: Finding("mail", .good, "The mail server answers: \(server).")
            case .encryption:
                Finding(
                    "encryption", .good,
                    "The line is encrypted with \(checkup.encryption ?? "TLS"), and the certificate is the mail server's."
                )
            case .signIn: Finding("sign-in", .good, "The mail server takes our user and password.")
            case .sender: Finding("sending", .good, "The mail server takes mail from \(sender).")
            }
        }
        if let ended = checkup.ended {
            let (about, sentence) =
                switch ended.step {
                case .connection: ("mail", "No mail server answers at \(server): \(ended.reply)")
                case .greeting: ("mail", "The mail server does not let us in: \(ended.reply)")
                case .encryption: ("encryption", "Nobody can trust the line to the mail server: \(ended.reply)")
                case .signIn: ("sign-in", "The mail server does not take our user and password: \(ended.reply)")
                case .sender: ("sending", "The mail server takes no mail from \(sender): \(ended.reply)")
                }
            findings.append(Finding(about, .wrong, sentence))
        } else {
            findings.append(Finding("offers", .good, "It offers \(checkup.offers.joined(separator: ", "))."))
        }
        return findings
    }

    /// How much has left today, and how near that is to a limit.
    private var day: [Finding] {
        guard let volume else { return [] }
        let perDay = settings.mailQuota.perDay
        let limit = perDay.map { ", of \($0) that may" } ?? ""
        var findings = [
            Finding(
                "volume", volume.isNearly(perDay) ? .note : .good,
                "\(volume.total) mails left in the last 24 hours\(limit).")
        ]
        if volume.isLarge, let busiest = volume.busiest {
            findings.append(
                Finding(
                    "volume", .note,
                    "\(busiest.count) of them went to \(busiest.domain). From 5,000 a day on large providers refuse mail without SPF, "
                        + "DKIM and DMARC: see below."))
        }
        return findings
    }

    /// What the owner of the domain says in DNS, so that others can tell our mail from forgeries (RFC 7208, 6376, 7489).
    static func records(for settings: Settings) -> [Finding] {
        guard let records = settings.senderAdvice?.records, !records.isEmpty else { return [] }
        let hints: [DNSRecord.Kind: String] = [
            .spf: "the machine from which mail leaves; add to a record that is there already",
            .dkim: "the mail server signs, and tells you selector and key", .dmarc: "what others do with forgeries",
        ]
        return records.map { record in
            Finding(
                "DNS", .note,
                "\(record.kind.rawValue): \(record.name) TXT \"\(record.text)\" (\(hints[record.kind] ?? ""))")
        } + [
            Finding(
                "DNS", .note,
                "PTR: the address from which the mail server sends needs a name that leads back to that address.")
        ]
    }
}
