import Core

/// A report in words for a person, as servers wrote them before there was a form for it, and some still do.
struct PlainReport {
    private static let sizeLimit = 16_384

    private let lines: [String]
    private let whole: PlainText

    init(_ part: MIMEPart) {
        var text = PlainBytes.text(part.content(upTo: Self.sizeLimit)[...])
        if part.type.kind == "text/html" { text = Self.withoutTags(text) }
        var kept: [String] = []
        for line in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }) {
            let line = String(line)
            // What follows is our own mail.
            if PlainText(line).has(Self.endings) { break }
            kept.append(line)
        }
        lines = kept
        whole = PlainText(kept.joined(separator: " "))
    }

    static let kinds: Set = ["text/plain", "text/html"]

    /// What it says; nil for text that is no report.
    var report: MailReport? {
        if whole.has(Self.delays) { return .delayed }
        guard whole.has(Self.failures) else { return nil }
        let said = lines.first { AddressStatus.first(in: $0.utf8) != nil } ?? lines.first(where: Self.hasCode)
        // Without a code anywhere, the words for the reader have to do.
        let complaint = Complaint(status: nil, text: said ?? lines.joined(separator: " "))
        return .failed(complaint.kind, reason: said == nil ? nil : complaint.reason)
    }

    /// True for a line with a code of RFC 5321 that refuses, as `550 no`.
    private static func hasCode(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return bytes.indices.dropLast(3).contains { index in
            (bytes[index] == 52 || bytes[index] == 53) && (48...53).contains(bytes[index + 1])
                && (48...57).contains(bytes[index + 2]) && (bytes[index + 3] == 32 || bytes[index + 3] == 45)
                && (index == 0 || [32, 40, 58, 62].contains(bytes[index - 1]))
        }
    }

    /// Enough to read what HTML says: a blank for each tag.
    private static func withoutTags(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var isTag = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": isTag = true
            case ">" where isTag:
                isTag = false
                kept.append(" ")
            default: if !isTag { kept.append(scalar) }
            }
        }
        return String(kept).replacing("&#39;", with: "'").replacing("&rsquo;", with: "'").replacing("&nbsp;", with: " ")
    }

    private static let endings: [StaticString] = [
        "--- below this line is a copy of the message", "------ this is a copy of", "----- original message",
        "--- the header of the original", "----- message header follows", "----- unsent message follows",
        "----- message text follows", "original message headers:", "--- returned message",
    ]
    private static let delays: [StaticString] = [
        "this is a warning message only", "you do not need to resend your message", "will be retried",
        "no action is required on your part", "delivery attempts will continue", "will continue to try",
        "will continue trying", "will retry for", "will keep trying", "there was a temporary problem delivering",
        "has not been delivered to one or more of its recipients after", "has not yet been delivered to one or more",
        "transient non-fatal errors",
        "delivery to the following recipients has been delayed", "delivery to the following recipient has been delayed",
    ]
    private static let failures: [StaticString] = [
        // qmail
        "this is the qmail-send program", "this is a permanent error; i've given up",
        // Postfix
        "this is the mail system at host", "this is the postfix program at host",
        // Exim
        "this message was created automatically by mail delivery software",
        // Sendmail
        "following addresses had permanent fatal errors", "following addresses had permanent delivery errors",
        // Exchange
        "did not reach some or all of the intended recipients", "did not reach the following recipient",
        "delivery has failed to these recipients",
        "delivery to the following recipients failed", "couldn't be delivered to the following recipients",
        // Gmail and others
        "delivery to the following recipient failed permanently", "your message wasn't delivered to",
        "an error occurred while trying to deliver the mail to the following recipients",
        "was undeliverable. the reason for the problem", "could not be delivered to one or more recipients",
        "message could not be delivered to the following",
    ]
}
