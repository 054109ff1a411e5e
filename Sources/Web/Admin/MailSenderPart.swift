import Core
import Mail
import Rendering

/// What others see of our mail, and what to set in DNS.
struct MailSenderPart {
    struct Record {
        let name: String
        let host: String
        let text: String
        let hint: String
    }
    let sentence: String
    let warnings: [String]
    let advice: String
    let records: [Record]
    let hasRecords: Bool

    init(_ advice: SenderAdvice, _ words: Words) {
        sentence = words("Mail comes from {address}.", ["address": "\(advice.sender)"])
        var warnings: [String] = []
        if advice.isOfEverybody {
            warnings.append(
                words(
                    "{domain} gives addresses to everybody: others cannot tell our mail from forgeries. Set FIRSTBELL_MAIL_FROM to an address of your own domain.",
                    ["domain": advice.domain]))
        } else if !advice.linksAreRelated {
            warnings.append(
                words(
                    "Links in it lead to {host}: filters trust mail more where both are one domain.",
                    ["host": advice.linkHost]))
        }
        if !advice.isAligned {
            warnings.append(
                words(
                    "Its envelope says {domain}: others take such mail only where it is signed for {sender} (DKIM, DMARC).",
                    ["domain": advice.envelopeDomain, "sender": advice.domain]))
        }
        self.warnings = warnings
        self.advice = words(
            "So that others can tell our mail from forgeries. Whoever keeps {domain} sets these records; one that is there already is changed, not doubled.",
            ["domain": advice.domain])
        records = advice.records.map { record in
            let hint =
                switch record.kind {
                case .spf: words("The machine from which mail leaves.")
                case .dkim: words("The mail server signs each mail; it tells selector and key.")
                case .dmarc: words("What others do with forgeries, and whom they tell.")
                }
            return Record(name: record.kind.rawValue, host: record.name, text: record.text, hint: hint)
        }
        hasRecords = !records.isEmpty
    }
}

/// How much left in the last 24 hours, and how near that is to a limit.
struct MailVolumePart {
    let total: String
    let hint: String?

    init(_ volume: MailVolume, _ quota: MailQuota, _ words: Words) {
        let count = words.plural("{count} mail left.", "{count} mails left.", volume.total)
        let limit = quota.perDay.map { words.plural("{count} may.", "{count} may.", $0) }
        total = [count, limit].compactMap(\.self).joined(separator: " ")
        if volume.isNearly(quota.perDay) {
            hint = words("The limit of the day is near. Mails of mailings wait; single mails still leave.")
        } else if volume.isLarge, let busiest = volume.busiest {
            hint = words(
                "{count} of them to {domain}. From 5,000 a day on, large providers refuse mail without SPF, DKIM and DMARC.",
                ["count": words.number(busiest.count), "domain": busiest.domain])
        } else {
            hint = nil
        }
    }
}
