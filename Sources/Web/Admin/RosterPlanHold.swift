import Core
import Foundation
import Rendering

/// A school whose removals, or changes of most people, wait for a person, or have been confirmed by one.
struct RosterPlanHold {
    let heading: String
    let reason: String
    let isConfirmed: Bool
    let canConfirm: Bool
    let question: String
    let button: String
    let action: String
    let leavingStudents: String
    let leavingStaff: String
    let changes: String
    let people: String

    /// nil for a school that is not held.
    init?(_ school: RosterPlanSchool, in report: RosterPlanReport, visit: Visit) {
        let words = visit.words
        guard let hold = school.hold else { return nil }
        let losses = words.list(Self.people(hold.leavingStudents, hold.leavingStaff, of: hold, words))
        let changes = words.list(Self.people(hold.alteredStudents, hold.alteredStaff, of: hold, words))
        let values = [
            "people": losses, "changes": changes, "school": school.nameInSentence(words),
            "name": hold.confirmedBy.map(words.person) ?? "",
        ]
        let key = school.key.percentEncoded
        isConfirmed = hold.confirmedBy != nil
        canConfirm = hold.confirmedBy == nil && report.takesConfirmations
        heading = Self.heading(hold, values, words)
        reason =
            hold.changesWait
            ? Self.reasonOfChanges(hold, losses: losses, in: report, words) : Self.reason(hold, in: report, visit)
        question = Self.question(hold, values, words)
        button = hold.changesWait ? words("Confirm these changes") : words("Confirm these removals")
        action = "/admin/roster-syncs/\(report.sync.id)/schools/\(key)/confirmation"
        leavingStudents = "\(hold.leavingStudents)"
        leavingStaff = "\(hold.leavingStaff)"
        self.changes = "\(hold.alteredStudents + hold.alteredStaff)"
        people = RosterPlanPeoplePage.address(
            report.sync.id, school.key, hold.changesWait ? .changed : .leaving, after: nil)
    }

    private static func question(_ hold: RosterPlanSchool.Hold, _ values: [String: String], _ words: Words) -> String {
        switch (hold.changesWait, hold.takesPeople) {
        case (false, true): words("Yes, {people} have left {school}", values)
        case (false, false): words("Yes, these trackers and places of {school} have ended", values)
        case (true, false): words("Yes, these changes in {school} are right", values)
        case (true, true): words("Yes, these changes are right, and {people} have left {school}", values)
        }
    }

    private static func heading(_ hold: RosterPlanSchool.Hold, _ values: [String: String], _ words: Words) -> String {
        switch (hold.changesWait, hold.confirmedBy != nil) {
        case (false, true) where !hold.takesPeople:
            words("{name} confirmed that trackers, or places in them, end in {school}.", values)
        case (false, true): words("{name} confirmed that {people} leave {school}.", values)
        case (false, false) where !hold.takesPeople:
            words("Held: {school} would lose trackers, or places in them", values)
        case (false, false): words("Held: {school} would lose {people}", values)
        case (true, true): words("{name} confirmed that {changes} of {school} change.", values)
        case (true, false): words("Held: {changes} of {school} would change at once", values)
        }
    }

    private static func people(_ students: Int, _ staff: Int, of hold: RosterPlanSchool.Hold, _ words: Words)
        -> [String]
    {
        var people: [String] = []
        if students > 0 {
            people.append(
                words.plural(
                    "{count} of {all} students", "{count} of {all} students", students,
                    ["all": words.number(hold.ofStudents)]))
        }
        if staff > 0 {
            people.append(
                words.plural(
                    "{count} of {all} staff", "{count} of {all} staff", staff, ["all": words.number(hold.ofStaff)]))
        }
        return people
    }

    private static func reasonOfChanges(
        _ hold: RosterPlanSchool.Hold, losses: String, in report: RosterPlanReport, _ words: Words
    ) -> String {
        let isApplied = report.sync.state == .applied
        if hold.confirmedBy != nil {
            return isApplied
                ? words("They are as the roster says.") : words("They change when the plan is applied.")
        }
        if isApplied {
            return report.takesConfirmations
                ? words("They were left as they were. If you confirm, they change at once.")
                : words("They were left as they were. The next roster asks again.")
        }
        let changes = words(
            "More than 75% would change. A new school year does that, and so does an export whose columns have moved.")
        return losses.isEmpty ? changes : changes + " " + words("And {people} would leave.", ["people": losses])
    }

    private static func reason(_ hold: RosterPlanSchool.Hold, in report: RosterPlanReport, _ visit: Visit) -> String {
        let words = visit.words
        if hold.confirmedBy != nil {
            return report.sync.state == .applied
                ? words("They can no longer sign in.") : words("They can no longer sign in after the plan is applied.")
        }
        if report.sync.state == .applied {
            return report.takesConfirmations
                ? words("They were kept. If you confirm, they leave at once.")
                : words("They were kept. The next roster asks again.")
        }
        if let until = hold.blackoutUntil {
            let last = words.date(until.date.addingTimeInterval(-1), visit.zone)
            return words(
                "Blackout dates: until {day} no roster takes anybody out of this school by itself.", ["day": last])
        }
        if hold.trackersNamed < hold.trackersNow {
            return words(
                "More than 10% would leave at once. Most often the export was cut short: it names {named} trackers of this school, and there are {now}.",
                ["named": words.number(hold.trackersNamed), "now": words.number(hold.trackersNow)])
        }
        return words("More than 10% would leave at once. Most often the export was cut short.")
    }
}

extension RosterPlanSchool.Hold {
    fileprivate var takesPeople: Bool { leavingStudents + leavingStaff > 0 }
}
