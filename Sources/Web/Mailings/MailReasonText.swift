import Core
import Rendering

/// Why a mail has not arrived, in a person's words.
enum MailReasonText {
    /// `reason` is one of ours by its name, or what the mail server said: in plain words, or quoted where it has no code.
    static func text(_ reason: String, _ words: Words) -> String {
        switch MailReason(rawValue: reason) {
        case .active: words("is already active")
        case .suspended: words("is no longer on the roster")
        case .noAddress: words("has no address")
        case .reset: words("was reset meanwhile")
        case .disowned: words("says: this was not me")
        case .stopped: words("the mailing was cancelled")
        case .paused: words("the mailing is paused")
        case .badAddress: words("has an address that cannot be right")
        case .noServer: words("no mail server is set up yet")
        case .restored: words("held back when a backup was restored")
        case .interrupted: words("FirstBell stopped while it was being sent")
        case .lineLost: words("the line to the mail server broke")
        case nil: ServerSaid.meaning(of: reason, words) ?? quote(reason, words)
        }
    }

    /// The mail server's own words, where there are any beside ours.
    static func answer(_ reason: String, _ words: Words) -> String? {
        guard MailReason(rawValue: reason) == nil, ServerSaid.meaning(of: reason, words) != nil else { return nil }
        return quote(reason, words)
    }

    private static func quote(_ answer: String, _ words: Words) -> String {
        words("“{answer}”", ["answer": answer])
    }
}
