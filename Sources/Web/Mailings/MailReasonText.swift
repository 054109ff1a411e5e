import Rendering

/// Why a mail has not arrived, in a person's words.
enum MailReasonText {
    /// `reason` is one of ours by its name, or what the mail server said, which is quoted.
    static func text(_ reason: String, _ words: Words) -> String {
        switch reason {
        case "active": words("is already active")
        case "suspended": words("is no longer on the roster")
        case "noAddress": words("has no address")
        default: words("“{answer}”", ["answer": reason])
        }
    }
}
