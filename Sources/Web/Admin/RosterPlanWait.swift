import Core
import Rendering

/// A plan of which nothing is taken until a person confirms it as a whole.
struct RosterPlanWait {
    let heading: String
    /// What it may mean, and what to do then.
    let advice: String
    let question: String
    let action: String
    let leavingStudents: String
    let leavingStaff: String
    let changes: String

    /// nil for a plan that does not wait, or is no longer open.
    init?(_ report: RosterPlanReport, _ words: Words) {
        guard report.isWaiting, report.sync.state == .ready else { return nil }
        let counts = report.leaving(of: nil)
        var losses: [String] = []
        if let students = counts?.students, students > 0 {
            losses.append(words.plural("{count} student", "{count} students", students))
        }
        if let staff = counts?.staff, staff > 0 {
            losses.append(words.plural("{count} person of the staff", "{count} people of the staff", staff))
        }
        let altered = words.plural("{count} person", "{count} people", report.altered)
        heading =
            !losses.isEmpty
            ? words("Nothing is taken yet: {people} would leave at once", ["people": words.list(losses)])
            : report.altered > 0
                ? words("Nothing is taken yet: {people} would change at once", ["people": altered])
                : words("Nothing is taken yet: far too much would leave at once")
        question =
            losses.isEmpty
            ? words("Yes, this roster is whole")
            : words("Yes, this roster is whole, and {people} are not in it any more", ["people": words.list(losses)])
        advice =
            losses.isEmpty && report.altered > 0
            ? words(
                "A new school year changes most people at once, and so does an export whose columns have moved. Look at the changes below; where they are wrong, throw this plan away."
            )
            : words(
                "Most often the export was cut short: a file is empty, or it holds only a part of the schools. Then throw this plan away and upload the whole roster."
            )
        action = "/admin/roster-syncs/\(report.sync.id)/schools/all/confirmation"
        leavingStudents = "\(counts?.students ?? 0)"
        leavingStaff = "\(counts?.staff ?? 0)"
        changes = "\(report.altered)"
    }
}

extension RosterPlanReport {
    /// Whether a held school's removals can be confirmed now. A plan that waits as a whole comes first.
    var takesConfirmations: Bool { sync.state == .ready && !isWaiting || sync.state == .applied && isOpen }

    /// Students who would leave if their schools' removals were confirmed.
    var keptStudents: Int {
        guard takesConfirmations else { return 0 }
        return schools.reduce(0) { $0 + ($1.hold.flatMap { $0.confirmedBy == nil ? $0.leavingStudents : nil } ?? 0) }
    }

    /// How many a confirmation lets leave and change: those of a held school, or without a key those of a plan that waits as
    /// a whole.
    func leaving(of school: String?) -> (students: Int, staff: Int, changes: Int)? {
        guard let school else { return (sync.students.leaving, staff.leaving, altered) }
        return schools.first { $0.key == school }?.hold.map {
            ($0.leavingStudents, $0.leavingStaff, $0.alteredStudents + $0.alteredStaff)
        }
    }
}
