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
        name = school.name
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

/// A school whose removals wait for a person, or have been confirmed by one.
struct RosterPlanHold {
    let heading: String
    let reason: String
    let isConfirmed: Bool
    let canConfirm: Bool
    let question: String
    let action: String
    let leavingStudents: String
    let leavingStaff: String
    let people: String

    /// nil for a school that is not held.
    init?(_ school: RosterPlanSchool, in report: RosterPlanReport, _ words: Words) {
        guard let hold = school.hold else { return nil }
        let losses = words.list(Self.losses(hold, words))
        let key = PageAddress.encoded(school.key)
        let path = "/admin/roster-syncs/\(report.sync.id)/schools/\(key)"
        isConfirmed = hold.confirmedBy != nil
        canConfirm = hold.confirmedBy == nil && report.takesConfirmations
        heading =
            hold.confirmedBy.map {
                words(
                    "{name} confirmed that {people} leave {school}.",
                    ["name": $0, "people": losses, "school": school.name])
            } ?? words("Held: {school} would lose {people}", ["school": school.name, "people": losses])
        reason = Self.reason(hold, in: report, words)
        question = words("Yes, {people} have left {school}", ["people": losses, "school": school.name])
        action = path + "/confirmation"
        leavingStudents = "\(hold.leavingStudents)"
        leavingStaff = "\(hold.leavingStaff)"
        people = RosterPlanPeoplePage.address(report.sync.id, school.key, .leaving, after: nil)
    }

    private static func losses(_ hold: RosterPlanSchool.Hold, _ words: Words) -> [String] {
        var losses: [String] = []
        if hold.leavingStudents > 0 {
            losses.append(
                words.plural(
                    "{count} of {all} students", "{count} of {all} students", hold.leavingStudents,
                    ["all": words.number(hold.ofStudents)]))
        }
        if hold.leavingStaff > 0 {
            losses.append(
                words.plural(
                    "{count} of {all} staff", "{count} of {all} staff", hold.leavingStaff,
                    ["all": words.number(hold.ofStaff)]))
        }
        return losses
    }

    private static func reason(_ hold: RosterPlanSchool.Hold, in report: RosterPlanReport, _ words: Words) -> String {
        if hold.confirmedBy != nil {
            return report.sync.state == .applied
                ? words("They can no longer sign in.") : words("They can no longer sign in after the plan is applied.")
        }
        if report.sync.state == .applied {
            return report.takesConfirmations
                ? words("They were kept. If you confirm, they leave at once.")
                : words("They were kept. The next roster asks again.")
        }
        if hold.trackersNamed < hold.trackersNow {
            return words(
                "More than 10% would leave at once. Most often the export was cut short: it names {named} trackers of this school, and there are {now}.",
                ["named": words.number(hold.trackersNamed), "now": words.number(hold.trackersNow)])
        }
        return words("More than 10% would leave at once. Most often the export was cut short.")
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
