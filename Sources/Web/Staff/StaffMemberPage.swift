import Core
import Rendering

/// One member of staff: who they are, what they may see, what happened, and what can be done.
struct StaffMemberPage: Page {
    static let template = "staff/member"

    struct Fact: Sendable {
        let name: String
        let value: String
        let isMono: Bool
    }
    struct TrackerLine: Sendable {
        let name: String
        let school: String
        let isByHand: Bool
        let end: StudentStep.Form?
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let back: String
    let flag: StaffFlag?
    let name: String
    let state: AdminBadge
    let answer: String
    let facts: [Fact]
    let address: BrokenAddress?
    let mail: String
    /// Who brings back whom an administrator suspended; nil where the one who looks may.
    let lift: String?
    let next: StudentStep
    let steps: [StudentStep]
    let hasSteps: Bool
    /// What may be changed of who they are, and whether they may sign in at all.
    let changes: [StudentStep]
    let role: String
    let rolePlaces: String?
    /// The way to the page on which the role is changed; nil for whoever may not.
    let roleHref: String?
    let roleWhy: String?
    let claims: String?
    let dismissal: String?
    let trackers: [TrackerLine]
    let hasTrackers: Bool
    let giveHref: String?
    let events: [StudentHistory]
    let hasEvents: Bool
    let act: String
    let here: String

    init(
        _ portrait: StaffPortrait, administrator: Administrator, note: AdminNote?, act: ID<Act>, back: String,
        visit: Visit
    ) {
        let words = visit.words
        let line = portrait.line
        let path = "\(StaffReturn.list)/\(line.id)"
        let isOneself = line.id == administrator.id
        layout = Layout(line.name, visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        self.note = note
        self.back = "\(back)#s-\(line.id)"
        flag = portrait.disowning.map {
            StaffFlag($0, of: line, isOneself: isOneself, path: path, visit: visit)
        }
        name = line.name
        state = line.state.badge(words)
        answer = Self.answer(portrait, visit)
        facts = Self.facts(portrait, visit)
        address = line.address.map(BrokenAddress.init)
        mail = StaffWords.mail(line, visit)
        here = StaffReturn.address(path, from: back)
        let offered = StaffSteps(line, act: act.description, here: here, words: words)
        lift = line.lift.flatMap { LiftWords.who($0, words) }
        (next, steps) = (offered.next, offered.others)
        hasSteps = !steps.isEmpty
        changes = StudentStep.byHand(path, of: line.name, words) + [offered.suspend].compactMap(\.self)
        role = Self.role(portrait.reach, words)
        rolePlaces = portrait.administered.isEmpty ? nil : portrait.administered.joined(separator: words(", "))
        roleHref = administrator.hasDistrict && !isOneself ? "\(path)/role" : nil
        roleWhy =
            isOneself
            ? words("Nobody changes their own role. Ask another administrator of the district.")
            : administrator.hasDistrict ? nil : words("Only an administrator of the whole district changes this.")
        claims =
            line.claims.isEmpty
            ? nil : line.claims.map { StaffWords.text($0, words) }.joined(separator: words(", "))
        dismissal = line.roleWaits && administrator.hasDistrict ? "\(path)/dismissal" : nil
        trackers = portrait.trackers.map { tracker in
            TrackerLine(
                name: tracker.name, school: tracker.school, isByHand: tracker.isByHand,
                end: tracker.isByHand
                    ? StudentStep.Form(
                        action: "\(path)/trackers/\(tracker.id)/end", act: act.description, icon: "out",
                        label: words("Take away"), whom: tracker.name) : nil)
        }
        hasTrackers = !trackers.isEmpty
        giveHref = line.state == .suspended ? nil : "\(path)/trackers"
        events = portrait.events.map { StudentHistory($0, visit) }
        hasEvents = !events.isEmpty
        self.act = act.description
    }

    private static func answer(_ portrait: StaffPortrait, _ visit: Visit) -> String {
        let words = visit.words
        let name = ["name": portrait.line.name]
        switch portrait.line.state {
        case .active: return words("{name} is in, with an own password.", name)
        case .pending: return words("{name} has not chosen a password yet.", name)
        case .suspended: return words("{name} is suspended and cannot sign in.", name)
        }
    }

    private static func facts(_ portrait: StaffPortrait, _ visit: Visit) -> [Fact] {
        let words = visit.words
        var facts = [Fact(name: words("Username"), value: portrait.line.username, isMono: true)]
        if let said = portrait.rosterName {
            facts.append(Fact(name: words("Name in the roster"), value: said, isMono: false))
        }
        if let number = portrait.number { facts.append(Fact(name: words("Number"), value: number, isMono: true)) }
        let schools = portrait.line.schools.joined(separator: words(", "))
        facts.append(Fact(name: words("Schools"), value: schools.isEmpty ? words("None") : schools, isMono: false))
        facts.append(
            Fact(
                name: words("Account"),
                value: portrait.isByHand
                    ? words("Made by hand: no roster suspends it") : words("From the roster"), isMono: false))
        if let at = portrait.activeAt {
            facts.append(
                Fact(name: words("Active since"), value: words.day(at.date, visit.zone), isMono: false))
        }
        if let at = portrait.suspendedAt {
            facts.append(
                Fact(name: words("Suspended since"), value: words.day(at.date, visit.zone), isMono: false))
        }
        return facts
    }

    private static func role(_ reach: AdministratorReach?, _ words: Words) -> String {
        switch reach {
        case nil: words("No administrator")
        case .district: words("Administrator of the whole district")
        case .schools: words("Administrator of schools")
        }
    }
}
