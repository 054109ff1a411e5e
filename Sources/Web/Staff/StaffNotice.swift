import Core
import Rendering

/// What has just been done to a member of staff, said once on the page to which one comes back.
enum StaffNotice: String, Sendable {
    case mailed, reset, suspended, revived, settled
    case notRevived = "not-revived"
    case roleChanged = "role"
    case trackerGiven = "tracker-given"
    case trackerTaken = "tracker-taken"
    case dismissed

    func note(_ person: StaffLine, _ words: Words) -> AdminNote {
        let name = ["name": person.name]
        return switch self {
        case .mailed:
            person.address == nil
                ? .bad(words("{name} has no address. Make a one-time link instead.", name))
                : .good(words("The activation email for {name} is on its way.", name))
        case .reset:
            .good(
                words("The password of {name} no longer works. Send an activation email or make a one-time link.", name)
            )
        case .suspended: .good(words("{name} is suspended and signed out everywhere.", name))
        case .revived: .good(words("{name} is back, with the same password as before.", name))
        case .settled: .good(words("All is well with {name}: the mark is gone.", name))
        case .notRevived:
            .bad(
                [words("Nothing was changed."), person.lift.flatMap { LiftWords.who($0, words) }].compactMap(\.self)
                    .joined(separator: " "))
        case .roleChanged: .good(words("The role of {name} is as you set it.", name))
        case .trackerGiven: .good(words("{name} sees the tracker’s students now.", name))
        case .trackerTaken: .good(words("{name} does not see the tracker’s students any more.", name))
        case .dismissed:
            .good(
                words(
                    "{name} keeps an account without this role. You are asked again only when the roster says something new.",
                    name))
        }
    }
}

/// Where a press on a staff page leads back to: the list as it was filtered, or the person's page.
enum StaffReturn {
    static let list = "/admin/staff"

    /// The page that a form or address names, if it is one about staff; else the whole list.
    static func path(_ text: String?) -> String {
        LocalPath.allowed(text).flatMap { path in
            let bare = path.prefix { $0 != "?" }
            return bare == list || bare.hasPrefix(list + "/") ? path : nil
        } ?? list
    }

    /// The same, with what was done to whom.
    static func address(_ text: String?, done: StaffNotice, to person: ID<Account>) -> String {
        let back = path(text)
        return "\(back)\(back.contains("?") ? "&" : "?")done=\(done.rawValue)&who=\(person)#s-\(person)"
    }

    /// A page about one person that leads back to where it was asked for.
    static func address(_ page: String, from here: String) -> String {
        PageAddress(page, ["return": here == list ? nil : here]).description
    }
}
