import Core
import Rendering

/// What somebody said was not them, and when, for those who settle it.
enum DisowningStory {
    static func text(_ disowning: Disowning, _ visit: Visit) -> String {
        let words = visit.words
        let values = ["ago": words.ago(disowning.at.date, now: visit.now.date, visit.zone)]
        return switch disowning.event {
        case .passwordChosen:
            words("Somebody chose a password for this account. The answer to our mail came {ago}.", values)
        case .passwordChanged: words("The password was changed. The answer to our mail came {ago}.", values)
        case .passwordReset: words("The password was reset. The answer to our mail came {ago}.", values)
        case .addressChanged: words("The address was changed. The answer from the old address came {ago}.", values)
        case nil: words("The answer to one of our mails came {ago}.", values)
        }
    }
}
