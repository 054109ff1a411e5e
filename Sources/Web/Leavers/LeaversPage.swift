import Core
import Rendering

/// Who left, school by school; the district's rule for them; and what was erased.
struct LeaversPage: Page {
    static let template = "leavers/leavers"

    struct Link: Sendable {
        let text: String
        let href: String
    }
    struct Line: Sendable {
        let name: String
        let href: String
        let left: String
        let archived: Link
        let due: Link?
        let kept: Link?
    }
    struct Done: Sendable {
        let moment: String
        let what: String
        let state: AdminBadge
    }
    struct Progress: Sendable {
        let done: String
        let total: String
        let text: String
    }
    struct Due: Sendable {
        let text: String
        let href: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let answer: String
    let due: Due?
    let progress: [Progress]
    let isLive: Bool
    let lines: [Line]
    let hasLines: Bool
    let hasEnd: Bool
    let exportHref: String
    let form: LeaverRulesForm
    let done: [Done]
    let hasDone: Bool
    let act: String

    init(
        _ counts: [LeaverCount], rules: LeaverRules, form: LeaverRulesForm? = nil, erasures: [Erasure],
        note: AdminNote? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        let isLive = erasures.contains { $0.endedAt == nil }
        layout = Layout(words("Leavers"), visit, current: .admin, renewsEvery: isLive ? 5 : nil)
        menu = AdminMenu(.leavers, words: words)
        self.note = note
        self.isLive = isLive
        answer = Self.answer(counts, words)
        let number = counts.reduce(0) { $0 + $1.due }
        due =
            number == 0
            ? nil
            : Due(
                text: words.plural(
                    "{count} person left long enough ago to be erased.",
                    "{count} people left long enough ago to be erased.", number), href: "/admin/leavers/erasure")
        progress = erasures.filter { $0.endedAt == nil }.map { erasure in
            Progress(
                done: "\(erasure.erased)", total: "\(erasure.expected)",
                text: words(
                    "{done} of {total} erased",
                    ["done": words.number(erasure.erased), "total": words.number(erasure.expected)]))
        }
        lines = counts.map { Self.line($0, rules, words) }
        hasLines = !lines.isEmpty
        hasEnd = rules.eraseAfter != nil
        exportHref = LeaverFilter().address(at: "/admin/leavers/people.csv")
        self.form = form ?? LeaverRulesForm(rules)
        done = erasures.map { Self.done($0, visit) }
        hasDone = !done.isEmpty
        self.act = act.description
    }

    private static func answer(_ counts: [LeaverCount], _ words: Words) -> String {
        let left = counts.reduce(0) { $0 + $1.left }
        guard left > 0 else { return words("Everybody whom a roster took out is back.") }
        let archived = counts.reduce(0) { $0 + $1.archived }
        let gone = words.plural(
            "{count} person left and is not back.", "{count} people left and are not back.", left)
        return archived == 0
            ? gone : "\(gone) \(words.plural("{count} is archived.", "{count} are archived.", archived))"
    }

    private static func line(_ count: LeaverCount, _ rules: LeaverRules, _ words: Words) -> Line {
        let place = LeaverFilter.Place(count)
        func link(_ number: Int, _ group: LeaverFilter.Group) -> Link {
            Link(text: words.number(number), href: LeaverFilter(group: group, place: place).address)
        }
        return Line(
            name: count.school?.name ?? words("No school"), href: LeaverFilter(place: place).address,
            left: LeaverWords.people(count.left, words), archived: link(count.archived, .archived),
            due: rules.eraseAfter == nil ? nil : link(count.due, .due),
            kept: rules.eraseAfter == nil ? nil : link(count.kept, .kept))
    }

    private static func done(_ erasure: Erasure, _ visit: Visit) -> Done {
        let words = visit.words
        let moment = words.moment(erasure.madeAt.date, visit.zone)
        let what = words(
            "{people}, {place}",
            [
                "people": LeaverWords.people(erasure.endedAt == nil ? erasure.expected : erasure.erased, words),
                "place": erasure.school ?? words("All Schools"),
            ])
        return Done(
            moment: erasure.madeBy.map { words("{moment}, by {name}", ["moment": moment, "name": words.person($0)]) }
                ?? words("{moment}, by the district’s rule", ["moment": moment]),
            what: what,
            state: erasure.endedAt == nil
                ? AdminBadge(style: "is-card", icon: "clock", word: words("Being erased"))
                : AdminBadge(style: "is-maybe", icon: "out", word: words("Erased")))
    }
}
