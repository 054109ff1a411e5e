import Core
import Rendering

/// A state as it stands on every page: colour, icon and word, always all three.
struct StateMark: Sendable, Equatable {
    let css: String
    let icon: String
    let word: String

    init(css: String, icon: String, word: String) {
        self.css = css
        self.icon = icon
        self.word = word
    }

    init(_ state: StudentState, _ words: Words) {
        (css, icon, word) =
            switch state {
            case .bounced: ("is-bounced", "bounced", words("Bounced"))
            case .failed: ("is-bounced", "warn", words("Mail failed"))
            case .locked: ("is-bounced", "lock", words("Locked"))
            case .noAddress: ("is-noaddress", "noaddress", words("No address"))
            case .notMailed: ("is-todo", "todo", words("Not mailed yet"))
            case .maybe: ("is-maybe", "maybe", words("Maybe sent"))
            case .ranOut: ("is-ranout", "ranout", words("Ran out"))
            case .mailed: ("is-mailed", "mailed", words("Mailed"))
            case .sending: ("is-mailed", "send", words("Sending"))
            case .printed: ("is-card", "card", words("Card printed"))
            case .handed: ("is-card", "people", words("Card handed over"))
            case .active: ("is-active", "active", words("Active"))
            case .suspended: ("is-maybe", "hold", words("Suspended"))
            case .archived: ("is-maybe", "out", words("Archived"))
            }
    }
}
