import Core
import Rendering

/// Where the people of a mailing are found, with the words for them.
enum MailingDoor: Sendable, Equatable {
    case students(StudentDoor)
    case staff

    init(_ report: MailingReport) {
        self =
            report.kind == .staff ? .staff : .students(StudentDoor(forSchools: report.audience.isForSchools))
    }

    var list: String {
        switch self {
        case .students(let door): door.list
        case .staff: StaffReturn.list
        }
    }

    var place: Layout.Place { isAdmin ? .admin : .trackers }

    var isAdmin: Bool { self != .students(.people) }

    var entry: AdminMenu.Entry { self == .staff ? .staff : .students }

    func href(of fate: MailFate) -> String {
        switch self {
        case .students: LocalAddress.of(list, [("q", fate.username)])
        case .staff: "\(list)/\(fate.student)"
        }
    }

    func name(_ words: Words) -> String { self == .staff ? words("Staff") : words("Students") }

    /// Over the column of names.
    func column(_ words: Words) -> String {
        self == .staff ? words("Name, username") : words("Student, username")
    }

    /// Where to look when all mails have left.
    func afterwards(_ words: Words) -> String {
        self == .staff ? words("The Staff page tells you who is in.") : words("The Students page tells you who is in.")
    }

    func everybody(_ words: Words) -> String {
        switch self {
        case .students(let door): door.everything(words)
        case .staff: words("To staff")
        }
    }

    /// What is left to do while a mail that was accepted has led nobody in.
    func look(_ words: Words) -> String {
        self == .staff ? words("Look at the Staff page") : words("Look at the Students page")
    }

    /// Another way in, where mail leads nowhere.
    func otherWay(_ fate: MailFate, _ act: ID<Act>, _ words: Words) -> StudentStep {
        switch self {
        case .students(let door): .print(fate.student, named: fate.name, act, words, door)
        case .staff:
            StudentStep(
                link: StudentStep.Link(
                    href: href(of: fate), icon: "eye", label: words("Look for another way"),
                    whom: words("for {name}", ["name": fate.name])))
        }
    }

    func skipped(_ preview: MailingPreview, _ words: Words) -> [SkippedPeople] {
        switch self {
        case .students(let door): SkippedPeople.all(of: preview, printing: [("all", "on")], at: door, words)
        case .staff: SkippedPeople.all(of: preview, printing: [], at: nil, words)
        }
    }
}
