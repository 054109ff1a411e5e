import Core
import Rendering

/// What an administrator does next, the most pressing first, each with the way to where it is done.
struct NextSteps {
    private(set) var steps: [SchoolsPage.Step] = []
    private let words: Words

    /// At most so many: a list of everything would be read by nobody.
    private static let most = 7

    /// `mail` is nil for whoever cannot do anything about the mail server.
    init(_ overview: DistrictOverview, mail: Mailroom.Condition?, _ words: Words) {
        self.words = words
        if let plan = overview.waitingPlan { add(plan) }
        if overview.schools.isEmpty, overview.waitingPlan == nil {
            add(
                "is-todo", "school", words("There is no roster yet."),
                words("Take one from your Student Information System."), words("Upload a roster"), "/admin/roster-syncs"
            )
        }
        if let mail { add(mail, isHeld: overview.isMailHeld) }
        if overview.asked > 0 {
            add(
                "is-todo", "people",
                words.plural(
                    "{count} row of the roster may be somebody who is here already.",
                    "{count} rows of the roster may be people who are here already.", overview.asked),
                words("Until you answer, it is left out."), words("Look and answer"), "/admin/same-person")
        }
        if overview.pendingStaff > 0 {
            add(
                "is-todo", "people",
                words.plural(
                    "{count} member of staff cannot sign in yet.", "{count} members of staff cannot sign in yet.",
                    overview.pendingStaff),
                words("Teachers need this before they can help their students."), words("Invite them"),
                "/admin/staff?state=pending")
        }
        addStudents(overview.counts)
        for school in overview.schools.filter(\.hasNotStarted).sorted(by: { $0.name < $1.name }).prefix(3) {
            add(
                "is-noaddress", "school", words("{school} has not started.", ["school": school.name]),
                words.plural(
                    "{count} student, no mail, no card.", "{count} students, no mail, no card.", school.counts.members),
                words("Look at them"), LocalAddress.of("/admin/students", [("school", school.id.description)]))
        }
        steps = Array(steps.prefix(Self.most))
    }

    private mutating func add(
        _ style: String, _ icon: String, _ lead: String, _ rest: String, _ link: String, _ href: String
    ) {
        steps.append(
            SchoolsPage.Step(
                style: style, icon: icon, lead: lead, rest: rest,
                link: SchoolsPage.Link(name: link, href: href, isPrimary: steps.isEmpty)))
    }

    private mutating func add(_ plan: RosterSyncLine) {
        let href = "/admin/roster-syncs/\(plan.id)"
        if plan.heldSchools > 0 {
            add(
                "is-bounced", "hold",
                words.plural(
                    "A roster plan holds {count} school.", "A roster plan holds {count} schools.", plan.heldSchools),
                words("Too many people would leave at once."), words("Look at the plan"), href)
        } else {
            add(
                "is-mailed", "clock", words("A roster plan is ready."), words("Nothing changes until you apply it."),
                words("Look at the plan"), href)
        }
    }

    private mutating func add(_ mail: Mailroom.Condition, isHeld: Bool) {
        if isHeld {
            add(
                "is-bounced", "hold", words("Mail is held."), words("It leaves when a mail server is set."),
                words("Look at the mail"), "/admin/mail")
        } else if mail.complaint != nil || !mail.isRunning {
            add(
                "is-bounced", "warn", words("The mail server does not take our mail."),
                words("Waiting mail leaves by itself once it does."), words("Look at the mail"), "/admin/mail")
        }
    }

    /// Students by what has to be done for them; mail that failed comes first, since nobody waits for it.
    private mutating func addStudents(_ counts: StateCounts) {
        if counts[.bounced] > 0 {
            add(
                .bounced,
                words.plural(
                    "The mail of {count} student bounced.", "The mails of {count} students bounced.", counts[.bounced]),
                words("Their address is wrong, or their mailbox is full."))
        }
        if counts[.failed] > 0 {
            add(
                .failed,
                words.plural(
                    "The mail of {count} student failed.", "The mails of {count} students failed.", counts[.failed]),
                words("A mail server refused them."))
        }
        if counts[.locked] > 0 {
            add(
                .locked,
                words.plural(
                    "{count} student is locked out for a while.", "{count} students are locked out for a while.",
                    counts[.locked]), words("Somebody typed wrong passwords again and again."))
        }
        if counts[.noAddress] > 0 {
            add(
                .noAddress,
                words.plural(
                    "{count} student has no address.", "{count} students have no address.", counts[.noAddress]),
                words("Print cards for them."))
        }
        if counts[.ranOut] > 0 {
            add(
                .ranOut,
                words.plural(
                    "The way in of {count} student ran out.", "The ways in of {count} students ran out.",
                    counts[.ranOut]), words("They need a new mail or a new card."))
        }
        if counts[.notMailed] > 0 {
            add(
                .notMailed,
                words.plural(
                    "{count} student was not mailed yet.", "{count} students were not mailed yet.", counts[.notMailed]),
                words("They have an address."))
        }
    }

    private mutating func add(_ state: StudentState, _ lead: String, _ rest: String) {
        let mark = StateMark(state, words)
        add(mark.css, mark.icon, lead, rest, words("Look at them"), "/admin/students?state=\(state.rawValue)")
    }
}
