import Core
import Rendering

/// "This was not me", on the page of a member of staff: what was said, and what helps.
struct StaffFlag: Sendable {
    let heading: String
    let story: String
    let advice: String
    let consequence: String
    /// The button that settles it; nil for whoever may not.
    let action: String?

    init(_ disowning: Disowning, of line: StaffLine, isOneself: Bool, path: String, visit: Visit) {
        let words = visit.words
        heading = words("“This was not me”")
        story = DisowningStory.text(disowning, visit)
        advice = Self.advice(disowning, line, isOneself: isOneself, words)
        consequence = words("Until this is settled, “Forgot your password?” sends no mail that opens this account.")
        action = line.canReset ? "\(path)/all-is-well" : nil
    }

    private static func advice(
        _ disowning: Disowning, _ line: StaffLine, isOneself: Bool, _ words: Words
    ) -> String {
        let name = ["name": line.name]
        if isOneself { return words("Ask another administrator to settle it: nobody settles this for themselves.") }
        if !line.canReset { return words("An administrator of the whole district settles it.") }
        switch line.state {
        case .active:
            return words(
                "Talk to {name}. If somebody else may know the password, reset it. If not, all is well.", name)
        case .pending where !line.canOpen:
            return words(
                "Talk to {name}. Only an administrator of all of their schools can make a one-time link.", name)
        case .pending:
            return disowning.closedAccount
                ? words(
                    "The account is closed since. Talk to {name}, then make a one-time link and hand it over.", name)
                : words("Talk to {name}, then make a one-time link and hand it over.", name)
        case .suspended: return words("{name} is suspended and cannot sign in.", name)
        }
    }
}
