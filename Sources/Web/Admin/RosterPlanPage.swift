package import Core
import Rendering

/// What a roster would change, before it does; then its progress and its end.
package struct RosterPlanPage: Page {
    package static let template = "admin/roster-plan"

    struct Progress {
        let done: String
        let total: String
        let text: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let heading: String
    let about: String
    let answer: String
    let others: String?
    let path: String
    let act: String
    let isLive: Bool
    let progress: Progress?
    let hasPanel: Bool
    let canApply: Bool
    let isOver: Bool
    let applying: String?
    let wait: RosterPlanWait?
    let lost: RosterPlanLost?
    let canDiscard: Bool
    let isApplied: Bool
    /// What an undo does; nil where there is no way back.
    let undo: String?
    let somebodyLeaves: Bool
    let held: [RosterPlanHold]
    let schools: [RosterPlanRow]
    let hasSchools: Bool
    let canDownload: Bool
    let refused: [RosterProblemList]
    let hasRefused: Bool
    let warnings: [RosterProblemList]
    let hasWarnings: Bool
    let matches: [MatchBox]
    let hasMatches: Bool
    let matchAnswer: String
    let moreMatches: String?
    let here: String

    /// `act` is an id made for this drawing of the page; its forms carry it.
    package init(_ report: RosterPlanReport, problem: String? = nil, act: String, visit: Visit) {
        let words = visit.words
        let sync = report.sync
        heading = words("Roster plan of {moment}", ["moment": words.moment(sync.madeAt.date, visit.zone)])
        isLive = sync.state == .reading || sync.state == .applying
        layout = Layout(heading, visit, current: .admin, renewsEvery: isLive ? 5 : nil)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) } ?? Self.note(report, visit)
        about = Self.about(report, visit)
        answer = Self.answer(report, words)
        others = sync.state == .reading || sync.state == .refused ? nil : Self.others(report, words)
        path = "/admin/roster-syncs/\(sync.id)"
        self.act = act
        progress =
            isLive && report.total > 0
            ? Progress(
                done: "\(report.done)", total: "\(report.total)",
                text: words("{percent}%", ["percent": "\(report.percent)"])) : nil
        hasPanel = isLive || others != nil || (sync.state == .ready && report.changesAnything && !report.isWaiting)
        wait = RosterPlanWait(report, words)
        lost = RosterPlanLost(report, visit)
        canApply = sync.state == .ready && report.changesAnything && wait == nil
        canDiscard = sync.state == .ready && report.changesAnything
        isApplied = sync.state == .applied
        undo = report.undoneTo.map { moment in
            words(
                "Was this the wrong roster? The way back to the roster of {moment} is shown as a plan first.",
                ["moment": words.moment(moment.date, visit.zone)])
        }
        somebodyLeaves = sync.students.leaving + report.staff.leaving > 0
        isOver = sync.state == .refused || sync.state == .discarded
        let waiting = report.schools.filter { $0.hold.map { $0.confirmedBy == nil } ?? false }
        applying = canApply && !waiting.isEmpty ? Self.applying(waiting.map { $0.nameInSentence(words) }, words) : nil
        // A plan that waits as a whole comes first, and of one that was thrown away nothing is left to decide.
        let isUndecided = wait == nil && sync.state != .discarded
        held = isUndecided ? report.schools.compactMap { RosterPlanHold($0, in: report, visit: visit) } : []
        schools = sync.state == .discarded ? [] : report.schools.map { RosterPlanRow($0, in: report, words) }
        hasSchools = !schools.isEmpty
        canDownload = hasSchools && report.isOpen && !isLive
        refused = report.problems.filter(\.isRefused).map { RosterProblemList($0, words) }
        hasRefused = !refused.isEmpty
        warnings = report.problems.filter { !$0.isRefused }.map { RosterProblemList($0, words) }
        hasWarnings = !warnings.isEmpty
        here = path
        let asked = sync.state == .discarded ? PersonMatchList() : report.matches
        matches = asked.matches.map { MatchBox($0, words) }
        hasMatches = !matches.isEmpty
        matchAnswer = words.plural(
            "{count} row of the roster may be somebody who is here already.",
            "{count} rows of the roster may be people who are here already.", asked.count)
        moreMatches =
            asked.count > matches.count ? words("Look at all {count}", ["count": words.number(asked.count)]) : nil
    }

    private static func applying(_ waiting: [String], _ words: Words) -> String {
        if waiting.count > namedSchools {
            return words(
                "Everything else is taken. {count} schools keep everybody until you confirm.",
                ["count": words.number(waiting.count)])
        }
        return words.plural(
            "Everything else is taken. {schools} keeps everybody until you confirm.",
            "Everything else is taken. {schools} keep everybody until you confirm.", waiting.count,
            ["schools": words.list(waiting)])
    }

    /// More held schools than this are only counted beside the button: each has its own box below.
    private static let namedSchools = 3

    private static func about(_ report: RosterPlanReport, _ visit: Visit) -> String {
        let words = visit.words
        var file =
            report.lines == 0
            ? report.sync.source
            : words.plural(
                "{file}, {count} line.", "{file}, {count} lines.", report.lines, ["file": report.sync.source])
        if let origin = report.origin {
            let values = ["format": origin.format, "system": origin.system ?? ""]
            file +=
                " "
                + (origin.system == nil
                    ? words("Read as {format}.", values) : words("Read as {format}, made by {system}.", values))
        }
        if let before = report.addedTo {
            file +=
                " "
                + words(
                    "These are changes to the roster of {moment}.", ["moment": words.moment(before.date, visit.zone)])
        }
        if let earlier = report.returnsTo {
            file +=
                " "
                + words(
                    "This goes back to the roster of {moment}.", ["moment": words.moment(earlier.date, visit.zone)])
        }
        switch report.sync.state {
        case .ready: return file + " " + words("Nothing has changed yet.")
        case .reading, .applying, .applied, .refused, .discarded: return file
        }
    }

    private static func note(_ report: RosterPlanReport, _ visit: Visit) -> AdminNote? {
        let words = visit.words
        if let refusal = report.refusal {
            let sentence = words.message(refusal.reason, ["value": refusal.value])
            return .bad(refusal.place.map { "\($0.text(words)): \(sentence)" } ?? sentence)
        }
        guard report.sync.state == .applied, let at = report.appliedAt else { return nil }
        let moment = words.moment(at.date, visit.zone)
        return .good(
            report.appliedBy.map { words("Applied {moment} by {name}.", ["moment": moment, "name": words.person($0)]) }
                ?? (report.sync.isPulled && report.sync.madeBy == nil
                    ? words("Applied {moment} by itself.", ["moment": moment])
                    : words("Applied {moment} from the command line.", ["moment": moment])))
    }

    private static func answer(_ report: RosterPlanReport, _ words: Words) -> String {
        let percent = ["percent": "\(report.percent)"]
        switch report.sync.state {
        case .reading:
            return report.total > 0 ? words("Reading the roster: {percent}%.", percent) : words("Reading the roster.")
        case .applying: return words("Applying the plan: {percent}%.", percent)
        case .refused: return words("Nothing of this roster was taken.")
        case .discarded: return words("This plan was thrown away. Nothing changed.")
        case .ready, .applied: return changes(report, words)
        }
    }

    private static func changes(_ report: RosterPlanReport, _ words: Words) -> String {
        let isDone = report.sync.state == .applied
        guard report.changesAnything else {
            return isDone ? words("Nothing changed.") : words("Nothing would change: everybody is as the roster says.")
        }
        let kept = isDone ? report.keptStudents : 0
        var students = report.sync.students
        students.leaving = max(0, students.leaving - kept)
        var counts =
            students.summary(words).map { words("Students: {changes}.", ["changes": $0]) }
            ?? (isDone ? words("No student changed.") : words("No student changes."))
        if kept > 0 {
            counts +=
                " "
                + words.plural(
                    "{count} student stays until you confirm.", "{count} students stay until you confirm.", kept)
        }
        guard report.unchangedSchools > 0 else { return counts }
        return counts + " "
            + words.plural(
                "{count} school stays as it is.", "{count} schools stay as they are.", report.unchangedSchools)
    }

    private static func others(_ report: RosterPlanReport, _ words: Words) -> String? {
        let parts = [
            report.staff.summary(words).map { words("Staff: {changes}.", ["changes": $0]) },
            report.trackers.summary(words).map { words("Trackers: {changes}.", ["changes": $0]) },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

extension RosterPlanReport {
    /// Never 100 before the end.
    var percent: Int { total == 0 ? 0 : min(done * 100 / total, sync.state == .applied ? 100 : 99) }
    var changesAnything: Bool {
        sync.students.total + staff.total + trackers.total > 0
            || schools.contains { $0.isNew || $0.students.total + $0.staff.total > 0 }
    }
}

extension RosterPlace {
    func text(_ words: Words) -> String {
        line == 0
            ? file : words("{file}, line {line}", ["file": file, "line": words.number(line)])
    }
}
