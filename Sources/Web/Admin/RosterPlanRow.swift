import Core
import Rendering

/// One school in the table of a plan.
struct RosterPlanRow {
    let href: String
    let name: String
    let now: String
    let state: AdminBadge
    let new: String
    let hasNew: Bool
    let changed: String
    let leaving: String
    let hasLeaving: Bool
    let share: String?
    let back: String
    let after: String

    init(_ school: RosterPlanSchool, in report: RosterPlanReport, _ words: Words) {
        let students = school.students
        let isHeld = school.hold.map { $0.confirmedBy == nil } ?? false
        name = school.shownName(words)
        href = RosterPlanPeoplePage.address(report.sync.id, school.key, .init(busiestOf: students), after: nil)
        let people = words.plural("{count} student now", "{count} students now", school.studentsNow)
        now =
            school.staff.summary(words).map {
                words("{students}; staff: {changes}", ["students": people, "changes": $0])
            } ?? people
        state = Self.state(school, isHeld: isHeld, report, words)
        new = students.new > 0 ? words("+{count}", ["count": words.number(students.new)]) : "0"
        hasNew = students.new > 0
        changed = words.number(students.changed)
        leaving = students.leaving > 0 ? words("−{count}", ["count": words.number(students.leaving)]) : "0"
        hasLeaving = students.leaving > 0
        share =
            students.leaving > 0 && school.studentsNow > 0
            ? Self.percent(students.leaving * 100 / school.studentsNow, words) : nil
        back = words.number(students.back)
        after = words.number(
            school.studentsNow + students.new + students.back - (isHeld ? 0 : students.leaving))
    }

    static func percent(_ percent: Int, _ words: Words) -> String {
        percent == 0 ? words("under 1%") : words("{percent}%", ["percent": "\(percent)"])
    }

    private static func state(
        _ school: RosterPlanSchool, isHeld: Bool, _ report: RosterPlanReport, _ words: Words
    ) -> AdminBadge {
        if isHeld { return AdminBadge(style: "is-bounced", icon: "hold", word: words("Held")) }
        return switch report.sync.state {
        case .applied: AdminBadge(style: "is-active", icon: "active", word: words("Applied"))
        case .applying: AdminBadge(style: "is-card", icon: "again", word: words("Applying"))
        default:
            school.isNew
                ? AdminBadge(style: "is-mailed", icon: "school", word: words("New school"))
                : AdminBadge(style: "is-mailed", icon: "clock", word: words("Ready"))
        }
    }
}

extension RosterChangeKind {
    /// What a school's page begins with: what most needs a look.
    init(busiestOf counts: RosterChangeCounts) {
        self =
            counts.leaving > 0
            ? .leaving : counts.new > 0 ? .new : counts.changed > 0 ? .changed : counts.back > 0 ? .back : .new
    }
}
