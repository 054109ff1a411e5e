import Core
import Rendering

/// Rosters whose changes are missing in a plan.
struct RosterPlanLost {
    struct Roster {
        let href: String
        let name: String
        let fate: String
    }
    let rosters: [Roster]

    /// nil where nothing is missing.
    init?(_ report: RosterPlanReport, _ visit: Visit) {
        guard !report.lost.isEmpty, report.sync.state != .discarded, report.sync.state != .refused else { return nil }
        let words = visit.words
        rosters = report.lost.map { roster in
            let moment = ["moment": words.moment(roster.madeAt.date, visit.zone)]
            return Roster(
                href: "/admin/roster-syncs/\(roster.id)", name: roster.fileName,
                fate: roster.isRefused
                    ? words("of {moment}, refused", moment) : words("of {moment}, thrown away", moment))
        }
    }
}
