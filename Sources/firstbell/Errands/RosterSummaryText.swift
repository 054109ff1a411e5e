import Core

/// A roster plan in the words of the command line.
struct RosterSummaryText {
    private let plan: RosterPlanReport

    init(_ plan: RosterPlanReport) { self.plan = plan }

    var held: Int { plan.schools.count { $0.hold.map { $0.confirmedBy == nil } ?? false } }
    var changesNothing: Bool {
        (plan.sync.students + plan.staff + plan.trackers).total == 0
            && plan.schools.allSatisfy { !$0.isNew && ($0.students + $0.staff).total == 0 }
    }

    var lines: [String] {
        var lines: [String] = []
        if let origin = plan.origin {
            lines.append("Read as \(origin.format)\(origin.system.map { ", made by \($0)" } ?? "").")
        }
        if changesNothing {
            lines.append("The roster changes nothing: everything in it is known already.")
        } else {
            lines.append("Students: \(Self.text(plan.sync.students))")
            lines.append("Staff: \(Self.text(plan.staff))")
            lines.append("Trackers: \(Self.text(plan.trackers))")
        }
        for school in plan.schools {
            guard let hold = school.hold, hold.confirmedBy == nil else { continue }
            lines.append(
                """
                Held: \(Self.name(of: school)) would lose \(hold.leavingStudents) of \(hold.ofStudents) students and \
                \(hold.leavingStaff) of \(hold.ofStaff) staff. Its removals wait for an administrator.
                """)
        }
        if plan.matches.count > 0 {
            lines.append(
                """
                Left out: \(plan.matches.count) that may be somebody made by hand. An administrator says under Admin, \
                Roster syncs, whether they are the same person.
                """)
        }
        for problem in plan.problems { lines += Self.text(problem) }
        return lines
    }

    var values: [String: String] {
        [
            "plan": plan.sync.id.description, "students": Self.text(plan.sync.students), "staff": Self.text(plan.staff),
            "trackers": Self.text(plan.trackers), "held": "\(held)", "refused": "\(refusedRows)",
            "asked": "\(plan.matches.count)", "format": plan.origin?.format ?? "",
            "changes": "\(!changesNothing)",
        ]
    }

    private var refusedRows: Int { plan.problems.reduce(0) { $0 + ($1.isRefused ? $1.count : 0) } }

    private static func name(of school: RosterPlanSchool) -> String {
        school.key == RosterPlanSchool.withoutSchool ? "the list of people without a school" : school.name
    }

    private static func text(_ counts: RosterChangeCounts) -> String {
        "\(counts.new) new, \(counts.changed) changed, \(counts.leaving) leaving, \(counts.back) back"
    }

    private static func text(_ group: RosterProblemGroup) -> [String] {
        let head = group.isRefused ? "Not taken" : "Note"
        var lines: [String] = []
        for problem in group.first.prefix(5) {
            let place =
                problem.place.line > 0 ? "\(problem.place.file), line \(problem.place.line)" : problem.place.file
            lines.append("\(head): \(place): \(problem.reason.replacing("{value}", with: problem.value))")
        }
        let rest = group.count - lines.count
        if rest > 0 { lines.append("  and \(rest) more like it.") }
        return lines
    }
}
