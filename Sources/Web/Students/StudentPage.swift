import Core
import Rendering

/// One student: who they are, how they get in, what happened, and what can be done. The same page for both viewers.
struct StudentPage: Page {
    static let template = "students/student"

    struct Fact: Sendable {
        let name: String
        let value: String
        let isMono: Bool
    }

    /// What the student system says of the address, where it does not say the same.
    struct Elsewhere: Sendable {
        let text: String
        let unpin: StudentStep.Form?
    }

    let layout: Layout
    let menu: AdminMenu?
    let note: AdminNote?
    let back: String
    let name: String
    let mark: StateMark
    let flag: StudentStep.Link?
    let answer: String
    let facts: [Fact]
    let address: BrokenAddress?
    let badAddress: String?
    let pin: String?
    let elsewhere: Elsewhere?
    let mailNote: String?
    let next: StudentStep
    /// The other ways in.
    let steps: [StudentStep]
    let hasSteps: Bool
    /// What may be changed of who they are.
    let changes: [StudentStep]
    let hasChanges: Bool
    let events: [StudentHistory]
    let hasEvents: Bool
    let here: String

    /// `mayCorrect`: whether the viewer may correct the address.
    init(
        _ detail: StudentDetail, door: StudentDoor, mayCorrect: Bool, note: AdminNote? = nil, mint: IDMint, visit: Visit
    ) {
        let words = visit.words
        let line = detail.line
        var mint = mint
        let row = StudentRow(line, door: door, mint: &mint, visit: visit)
        let path = "\(door.list)/\(line.id)"
        layout = Layout(line.name, visit, current: door == .admin ? .admin : .trackers)
        menu = door == .admin ? AdminMenu(.students, words: words) : nil
        self.note = note
        back = "\(door.list)#s-\(line.id)"
        name = line.name
        mark = row.mark
        flag = row.flag
        answer = StateSentence.text(line, words)
        facts = Self.facts(detail, words)
        address = row.address
        badAddress = row.badAddress
        pin = detail.isPinned ? words("Given here: no roster changes it.") : nil
        elsewhere = Self.elsewhere(detail, path, mayCorrect: mayCorrect, act: mint.next(), words)
        mailNote = row.mailNote ?? row.cardNote
        next = row.next
        steps = row.menu.filter { !$0.leads(to: row.next) }
        hasSteps = !steps.isEmpty
        changes =
            (mayCorrect ? [.correctAddress(path, of: line.name, words)] : [])
            + (door == .admin ? StudentStep.byHand(path, of: line.name, words) : [])
        hasChanges = !changes.isEmpty
        events = detail.events.map { StudentHistory($0, visit) }
        hasEvents = !events.isEmpty
        here = path
    }

    private static func facts(_ detail: StudentDetail, _ words: Words) -> [Fact] {
        let line = detail.line
        var facts = [Fact(name: words("Username"), value: line.username, isMono: true)]
        func add(_ name: String, _ value: String?, isMono: Bool = false) {
            guard let value, !value.isEmpty else { return }
            facts.append(Fact(name: name, value: value, isMono: isMono))
        }
        add(words("Also signs in as"), detail.aliases.joined(separator: words(", ")), isMono: true)
        add(words("Name in the roster"), detail.office?.rosterName)
        add(words("Username in the roster"), detail.office?.rosterUsername, isMono: true)
        add(words("School"), detail.office?.school)
        add(words("Student number"), detail.office?.number, isMono: true)
        add(words("Grade"), detail.office?.grade)
        add(words("Trackers"), line.trackers.map(\.name).joined(separator: words(", ")))
        return facts
    }

    private static func elsewhere(
        _ detail: StudentDetail, _ path: String, mayCorrect: Bool, act: ID<Act>, _ words: Words
    ) -> Elsewhere? {
        guard detail.isPinned, detail.line.address.flatMap(Address.key) != detail.rosterAddress.flatMap(Address.key)
        else { return nil }
        let text =
            detail.rosterAddress.map { words("The student system has {address}.", ["address": $0]) }
            ?? words("The student system has none.")
        let unpin = StudentStep.Form(
            action: "\(path)/roster-address", act: act.description, icon: "school",
            label: words("Use what the student system has"), whom: words("for {name}", ["name": detail.line.name]))
        return Elsewhere(text: text, unpin: mayCorrect ? unpin : nil)
    }
}

extension StudentStep {
    static func correctAddress(_ path: String, of name: String, _ words: Words) -> StudentStep {
        StudentStep(
            link: Link(
                href: "\(path)/address", icon: "pen", label: words("Correct address"),
                whom: words("of {name}", ["name": name])))
    }

    /// What only an office changes, of students and of staff.
    static func byHand(_ path: String, of name: String, _ words: Words) -> [StudentStep] {
        let whom = words("of {name}", ["name": name])
        return [
            StudentStep(
                link: Link(href: "\(path)/username", icon: "key", label: words("Rename username"), whom: whom)),
            StudentStep(
                link: Link(
                    href: "\(path)/edit", icon: "people", label: words("Change name, school, trackers"), whom: whom)),
            StudentStep(
                link: Link(href: "\(path)/join", icon: "me", label: words("Here twice?"), whom: whom)),
        ]
    }

    /// True for the same button or link.
    fileprivate func leads(to other: StudentStep) -> Bool {
        guard let target = form?.action ?? link?.href else { return false }
        return target == other.form?.action ?? other.link?.href
    }
}
