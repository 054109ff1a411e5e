import Core
import Rendering

/// A plan of which nothing is taken until a person confirms it as a whole.
struct RosterPlanWait {
    let heading: String
    let question: String
    let action: String
    let leavingStudents: String
    let leavingStaff: String

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
        heading =
            losses.isEmpty
            ? words("Nothing is taken yet: far too much would leave at once")
            : words("Nothing is taken yet: {people} would leave at once", ["people": words.list(losses)])
        question =
            losses.isEmpty
            ? words("Yes, this roster is whole")
            : words("Yes, this roster is whole, and {people} are not in it any more", ["people": words.list(losses)])
        action = "/admin/roster-syncs/\(report.sync.id)/schools/all/confirmation"
        leavingStudents = "\(counts?.students ?? 0)"
        leavingStaff = "\(counts?.staff ?? 0)"
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

    /// How many a confirmation lets leave: those of a held school, or without a key those of a plan that waits as a whole.
    func leaving(of school: String?) -> (students: Int, staff: Int)? {
        guard let school else { return (sync.students.leaving, staff.leaving) }
        return schools.first { $0.key == school }?.hold.map { ($0.leavingStudents, $0.leavingStaff) }
    }
}
