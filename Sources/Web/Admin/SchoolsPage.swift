package import Core
import Rendering

/// An administrator's first page: how far each school is, and what to do next.
package struct SchoolsPage: Page {
    package static let template = "admin/schools"

    struct Step {
        let style: String
        let icon: String
        let lead: String
        let rest: String
        let link: Link?
    }
    struct Link {
        let name: String
        let href: String
        let isPrimary: Bool
    }
    struct School {
        let name: String
        let people: String
        let state: AdminBadge
        let activeWidth: String
        let wayWidth: String
        let share: String
        let active: String
        let onTheWay: String
    }
    let layout: Layout
    let menu: AdminMenu
    let name: String
    let answer: String
    let steps: [Step]
    let hasSteps: Bool
    let schools: [School]
    let hasSchools: Bool

    package init(_ overview: DistrictOverview, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Schools"), visit, current: .admin)
        menu = AdminMenu(.schools, words: words)
        name = overview.name
        answer = Self.answer(overview, words)
        steps = Self.steps(overview, visit)
        hasSteps = !steps.isEmpty
        hasSchools = !overview.schools.isEmpty
        schools = overview.schools.sorted { ($0.order, $0.name) < ($1.order, $1.name) }.map { School($0, words) }
    }

    private static func answer(_ overview: DistrictOverview, _ words: Words) -> String {
        let students = overview.counts.members
        guard students > 0 else { return words("There are no students yet.") }
        let active = words.plural(
            "{active} of {count} student is active: {share}.", "{active} of {count} students are active: {share}.",
            students,
            [
                "active": words.number(overview.counts[StudentState.active]),
                "share": words("{percent}%", ["percent": "\(overview.counts[StudentState.active] * 100 / students)"]),
            ])
        let needing = overview.counts[.needsYou]
        return needing == 0
            ? active : active + " " + words.plural("{count} needs help.", "{count} need help.", needing)
    }

    private static func steps(_ overview: DistrictOverview, _ visit: Visit) -> [Step] {
        let words = visit.words
        var steps: [Step] = []
        if let plan = overview.waitingPlan { steps.append(step(for: plan, words)) }
        if overview.schools.isEmpty, overview.waitingPlan == nil {
            steps.append(
                Step(
                    style: "is-todo", icon: "school", lead: words("There is no roster yet."),
                    rest: words("Take one from your Student Information System."),
                    link: Link(name: words("Upload a roster"), href: "/admin/roster-syncs", isPrimary: true)))
        }
        if overview.isMailHeld {
            steps.append(
                Step(
                    style: "is-bounced", icon: "hold", lead: words("Mail is held."),
                    rest: words("It leaves when a mail server is set."),
                    link: Link(name: words("Look at the mail"), href: "/admin/mail", isPrimary: steps.isEmpty)))
        }
        if overview.pendingStaff > 0 {
            steps.append(
                Step(
                    style: "is-todo", icon: "people",
                    lead: words.plural(
                        "{count} member of staff cannot sign in yet.", "{count} members of staff cannot sign in yet.",
                        overview.pendingStaff),
                    rest: words("Teachers need this before they can help their students."),
                    link: Link(
                        name: words("Invite them"), href: "/admin/staff?state=pending", isPrimary: steps.isEmpty)))
        }
        for school in overview.schools.filter(\.hasNotStarted).sorted(by: { $0.name < $1.name }).prefix(3) {
            steps.append(
                Step(
                    style: "is-noaddress", icon: "school",
                    lead: words("{school} has not started.", ["school": school.name]),
                    rest: words.plural(
                        "{count} student, no mail, no card.", "{count} students, no mail, no card.",
                        school.counts.members),
                    link: nil))
        }
        return steps
    }

    private static func step(for plan: RosterSyncLine, _ words: Words) -> Step {
        let link = Link(
            name: words("Look at the plan"), href: "/admin/roster-syncs/\(plan.id)", isPrimary: true)
        if plan.heldSchools > 0 {
            return Step(
                style: "is-bounced", icon: "hold",
                lead: words.plural(
                    "A roster plan holds {count} school.", "A roster plan holds {count} schools.", plan.heldSchools),
                rest: words("Too many people would leave at once."), link: link)
        }
        return Step(
            style: "is-mailed", icon: "clock", lead: words("A roster plan is ready."),
            rest: words("Nothing changes until you apply it."), link: link)
    }
}

extension SchoolsPage.School {
    init(_ line: SchoolLine, _ words: Words) {
        let students = line.counts.members
        let needing = line.counts[.needsYou]
        name = line.name
        people = words.plural("{count} student", "{count} students", students)
        state =
            if students == 0 {
                AdminBadge(style: "is-maybe", icon: "maybe", word: words("No students"))
            } else if line.hasNotStarted {
                AdminBadge(style: "is-bounced", icon: "warn", word: words("Not started"))
            } else if needing > 0 {
                AdminBadge(
                    style: "is-todo", icon: "warn",
                    word: words.plural("{count} needs help", "{count} need help", needing))
            } else if line.counts[StudentState.active] == students {
                AdminBadge(style: "is-active", icon: "active", word: words("Everybody is in"))
            } else {
                AdminBadge(style: "is-mailed", icon: "clock", word: words("On the way"))
            }
        activeWidth = Self.width(line.counts[StudentState.active], of: students)
        wayWidth = Self.width(line.counts[StudentState.active] + line.counts[.onTheWay], of: students)
        share = words("{percent}%", ["percent": "\(line.share)"])
        active = words.number(line.counts[StudentState.active])
        onTheWay = words.number(line.counts[.onTheWay])
    }

    /// In hundredths of the bar, with one decimal.
    private static func width(_ part: Int, of whole: Int) -> String {
        let tenths = whole == 0 ? 0 : part * 1000 / whole
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension SchoolLine {
    /// Nobody is active or on the way.
    var hasNotStarted: Bool { counts.members > 0 && counts[StudentState.active] == 0 && counts[.onTheWay] == 0 }
    /// Whole percent of active students, never rounded up to 100.
    var share: Int { counts.members == 0 ? 0 : counts[StudentState.active] * 100 / counts.members }
    /// Empty schools come last.
    var order: Int { counts.members == 0 ? 101 : share }
}

extension StateCounts {
    /// Everybody but the suspended.
    var members: Int { total - self[.out] }
}
