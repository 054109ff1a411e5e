import Core
import Rendering

/// Why a mail has not arrived, in a person's words.
enum MailReasonText {
    /// `reason` is one of ours by its name, or what the mail server said, which is quoted.
    static func text(_ reason: String, _ words: Words) -> String {
        switch MailReason(rawValue: reason) {
        case .active: words("is already active")
        case .suspended: words("is no longer on the roster")
        case .noAddress: words("has no address")
        case .reset: words("was reset meanwhile")
        case .disowned: words("says: this was not me")
        case .badAddress: words("has an address that cannot be right")
        case .noServer: words("no mail server is set up yet")
        case .restored: words("held back when a backup was restored")
        case .interrupted: words("FirstBell stopped while it was being sent")
        case .lineLost: words("the line to the mail server broke")
        case nil: words("“{answer}”", ["answer": reason])
        }
    }
}
