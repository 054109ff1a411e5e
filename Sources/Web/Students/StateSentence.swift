import Core
import Rendering

/// Whether a student gets in, in one sentence.
enum StateSentence {
    static func text(_ line: StudentLine, _ words: Words) -> String {
        let name = ["name": line.name]
        return switch line.state {
        case .bounced: words("{name} cannot get in yet: the mail came back.", name)
        case .failed: words("{name} cannot get in yet: the mail was refused.", name)
        case .locked: words("{name} cannot get in now: there were too many wrong tries.", name)
        case .noAddress: words("{name} cannot get in yet: there is neither an address nor a card.", name)
        case .notMailed: words("{name} cannot get in yet: there was no mail and no card so far.", name)
        case .maybe: words("Nobody knows whether the mail to {name} arrived.", name)
        case .ranOut: words("{name} cannot get in any more: the mail or card ran out.", name)
        case .mailed: words("{name} has a mail and has not signed in yet.", name)
        case .sending: words("A mail to {name} is on its way.", name)
        case .printed: words("A card for {name} is printed: hand it over.", name)
        case .handed: words("{name} has a card and has not signed in yet.", name)
        case .active: words("{name} is in, with an own password.", name)
        case .suspended: words("{name} is suspended and cannot sign in.", name)
        case .archived: words("{name} left some time ago, is archived and cannot sign in.", name)
        }
    }
}
