import Core
import Rendering

/// What has just been done, said once at the top of the Students page.
package enum StudentsNotice: Sendable, Equatable {
    case mailed(name: String)
    case unlocked(name: String)
    case addressChanged(name: String)
    case settled(name: String)
    case putOff(name: String)

    func text(_ words: Words) -> String {
        switch self {
        case .mailed(let name): words("The mail to {name} is on its way.", ["name": name])
        case .unlocked(let name): words("{name} can sign in again.", ["name": name])
        case .addressChanged(let name): words("From now on mail to {name} goes to the address below.", ["name": name])
        case .settled(let name): words("All is well with {name}: the mark is gone.", ["name": name])
        case .putOff(let name): words("The request of {name} is left aside.", ["name": name])
        }
    }
}
