import Core
import Rendering

/// Asks once before something is taken from a member of staff.
struct StaffAskPage: Page {
    static let template = "staff/ask"

    /// What is asked.
    enum Question: String, Sendable { case reset, suspend }

    struct Rule: Sendable {
        let icon: String
        let text: String
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    /// Why the press before this page has changed nothing; nil without one.
    let overtaken: String?
    let rules: [Rule]
    let action: String
    let act: String
    /// Comes back with the press of a reset: the generation that the question was made from.
    let seen: String?
    let icon: String
    let button: String
    let back: String

    init(
        _ question: Question, _ person: StaffLine, by administrator: Administrator, generation: Int?,
        isOvertaken: Bool = false, act: ID<Act>, back: String, visit: Visit
    ) {
        let words = visit.words
        let name = ["name": person.name]
        switch question {
        case .reset:
            title = words("Reset the password of {name}?", name)
            rules = [
                Rule(
                    icon: "out",
                    text: words("The password stops working at once, and {name} is signed out everywhere.", name)),
                Rule(icon: "me", text: words("Username, trackers and role stay.")),
                person.address == nil
                    ? Rule(
                        icon: "key",
                        text: words("There is no address: afterwards you make a one-time link and hand it over."))
                    : Rule(
                        icon: "send",
                        text: words("Afterwards you send an activation email, and {name} chooses a new password.", name)
                    ),
            ]
            (icon, button) = ("again", words("Reset the password"))
        case .suspend:
            title = words("Suspend {name}?", name)
            rules = [
                Rule(icon: "out", text: words("{name} is signed out everywhere and cannot sign in.", name)),
                Rule(
                    icon: "hold",
                    text: administrator.hasDistrict
                        ? words(
                            "No roster changes that. Only an administrator of the whole district brings {name} back.",
                            name)
                        : words("No roster changes that. An administrator brings {name} back.", name)),
                Rule(icon: "me", text: words("Nothing is deleted: password, trackers and role are there again then.")),
            ]
            (icon, button) = ("hold", words("Suspend"))
        }
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        action = "\(StaffReturn.list)/\(person.id)/\(question.rawValue)"
        self.act = act.description
        overtaken = isOvertaken ? ResetPage.overtaken(name, words) : nil
        seen = question == .reset ? generation.map { "\($0)" } : nil
        self.back = back
    }
}
