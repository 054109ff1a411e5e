import Core
import Rendering

/// What stands around every page: head, Global navigation, own menu, foot. Each page keeps one as `layout`.
package struct Layout: Sendable {
    /// The link of the Global navigation that the page belongs to.
    package enum Place: Sendable { case trackers, admin }

    /// What the page looks like around its content.
    package enum Kind: Sendable {
        /// Staff: bar with navigation.
        case staff
        /// A student: large type, bar without navigation.
        case child
        /// Nobody is signed in: large type, no bar; the page brings its own frame (`{{$frame}}`) or stands alone.
        case bare
    }

    struct Link: Sendable {
        let name: String
        let href: String
        let isCurrent: Bool
    }

    struct Person: Sendable {
        let name: String
        let isStaff: Bool
    }

    let title: String
    let language: String
    let direction: String
    let isChild: Bool
    let hasBar: Bool
    let home: String
    let navigation: [Link]
    let hasNavigation: Bool
    /// True for administrators of the whole district.
    let hasDistrict: Bool
    /// True where a line below the bar says that mail does not leave: everywhere but on the page that says why.
    let saysMailIsStuck: Bool
    let person: Person?
    let place: String
    let otherLanguages: [House.Language]
    let path: String
    let stylesheet: String
    let script: String
    let icons: String
    let bell: String
    let morning: String
    let session: Session?
    /// Seconds until a live page renews itself without script; nil for a page that stands still.
    let renewsEvery: Int?

    /// What a page says before the session ends. Closed until a script opens it in time.
    struct Session: Sendable {
        let seconds: Int
        let canExtend: Bool
        /// Until when one stays signed in, for who has no script.
        let until: String
    }

    package init(
        _ title: String, _ visit: Visit, current: Place? = nil, kind: Kind = .staff, renewsEvery: Int? = nil
    ) {
        let words = visit.words
        let house = visit.house
        self.title = title
        self.renewsEvery = renewsEvery
        language = words.language
        direction = words.direction
        isChild = kind != .staff
        hasBar = kind != .bare
        navigation = Self.links(visit, current, kind)
        hasNavigation = !navigation.isEmpty
        hasDistrict = visit.signedIn?.hasDistrict ?? false
        saysMailIsStuck = visit.isMailStuck && kind == .staff && !visit.path.hasPrefix("/admin/mail")
        home = Self.home(of: visit.signedIn)
        person = visit.signedIn.map { Person(name: $0.name, isStaff: $0.kind == .staff) }
        place = visit.signedIn.map(\.place) ?? house.district
        otherLanguages = house.languages.filter { $0.tag != words.language }
        path = visit.path
        session = visit.ending.map { Self.session($0, visit) }
        stylesheet = house.assets.address("firstbell.css")
        script = house.assets.address("app.js")
        icons = house.assets.address("icons.svg")
        bell = house.assets.address("bell.svg")
        morning = house.assets.address("morning.svg")
    }

    private static func links(_ visit: Visit, _ current: Place?, _ kind: Kind) -> [Link] {
        guard kind == .staff, let person = visit.signedIn, person.kind == .staff else { return [] }
        var links = [Link(name: visit.words("Trackers"), href: "/trackers", isCurrent: current == .trackers)]
        if person.isAdministrator {
            links.append(Link(name: visit.words("Admin"), href: "/admin", isCurrent: current == .admin))
        }
        return links
    }

    private static func session(_ ending: SessionEnding, _ visit: Visit) -> Session {
        let words = visit.words
        let time = words.time((visit.now + .seconds(ending.seconds)).date, visit.zone)
        return Session(
            seconds: ending.seconds, canExtend: ending.canExtend,
            until: ending.canExtend
                ? words("You stay signed in until {time}, and longer with each page.", ["time": time])
                : words("You stay signed in until {time}.", ["time": time]))
    }

    private static func home(of person: SignedIn?) -> String {
        guard let person else { return "/sign-in" }
        if person.kind == .student { return "/home" }
        // The front door knows whether an administrator teaches.
        return person.isAdministrator ? "/" : "/trackers"
    }
}
