import Core
import Foundation
import Rendering

/// The OneRoster service from which rosters come by themselves: where it is, how it lets us in, and when it is asked.
struct RosterServicePage: Page {
    static let template = "roster-service/service"

    struct Choice {
        let value: String
        let name: String
        let isChosen: Bool
    }
    struct Saved {
        let last: String?
        let lastHref: String
        let lastState: AdminBadge?
        let next: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let ways: [Choice]
    let address: String
    let token: String
    let client: String
    let scope: String
    let secretHint: String?
    let needsSecret: Bool
    let nights: [Choice]
    let intervals: [Choice]
    let applies: Bool
    let saved: Saved?
    let act: String

    /// `last` is the newest roster that was read from the service, `next` when it is asked again.
    init(
        _ form: RosterServiceForm, isSaved: Bool, last: RosterPlanReport? = nil, next: Timestamp? = nil,
        problem: String? = nil, act: String, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Roster service"), visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) }
        ways = RosterServiceForm.Way.allCases.map {
            Choice(value: $0.rawValue, name: $0.name(words), isChosen: $0 == form.way)
        }
        address = form.address
        token = form.token
        client = form.client
        scope = form.scope
        needsSecret = !isSaved
        secretHint =
            isSaved ? words("A secret is saved. It is never shown again; leave this empty to keep it.") : nil
        nights =
            [Choice(value: "", name: words("Never"), isChosen: form.nightly == nil)]
            + (0...23).map {
                Choice(value: "\($0)", name: "\($0 < 10 ? "0" : "")\($0):00", isChosen: form.nightly == $0)
            }
        intervals =
            [Choice(value: "", name: words("Never"), isChosen: form.changes == nil)]
            + RosterServiceForm.intervals.map {
                Choice(
                    value: "\($0)", name: words.plural("Every hour", "Every {count} hours", $0),
                    isChosen: form.changes == $0)
            }
        applies = form.applies
        self.act = act
        guard isSaved else {
            saved = nil
            return
        }
        saved = Saved(
            last: last.map {
                words("Last read: {moment}", ["moment": words.moment($0.sync.madeAt.date, visit.zone)])
            }, lastHref: last.map { "/admin/roster-syncs/\($0.sync.id)" } ?? "", lastState: last?.sync.badge(words),
            next: next.map {
                words("Read by itself next: {moment}", ["moment": words.moment($0.date, visit.zone)])
            } ?? words("It is read only when somebody asks for it."))
    }
}
