import Core
import Foundation
import Rendering

/// An administrator's first page: how far each school is, and what to do next.
struct SchoolsPage: Page {
    static let template = "overview/schools"

    struct Step {
        let style: String
        let icon: String
        let lead: String
        let rest: String
        let link: Link?
    }
    struct Link {
        let name: String
        let href: String
        let isPrimary: Bool
    }
    struct School {
        let name: String
        let href: String
        let people: String
        let state: AdminBadge
        let activeWidth: String
        let wayWidth: String
        let share: String
        let active: String
        let onTheWay: String
    }
    let layout: Layout
    let menu: AdminMenu
    let name: String
    let answer: String
    /// What the button More offers, of all schools.
    let more: [StudentsBoard.Entry]
    let steps: [Step]
    let hasSteps: Bool
    /// nil as long as nobody has become active in its days.
    let plot: BarPlot?
    let schools: [School]
    let hasSchools: Bool
    let hasSearch: Bool
    let search: String
    let orders: [Option]
    let found: String
    let isNobody: Bool
    let hasPages: Bool
    let first: String?
    let next: String?

    struct Option {
        let value: String
        let name: String
        let isChosen: Bool
    }

    init(
        _ overview: DistrictOverview, question: SchoolsQuestion = SchoolsQuestion(),
        mail: Mailroom.Condition = Mailroom.Condition(isRunning: true, complaint: nil), hasDistrict: Bool = true,
        visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Schools"), visit, current: .admin)
        menu = AdminMenu(.schools, words: words)
        name = overview.name
        answer = Self.answer(overview, words)
        more =
            StudentsBoard.administrator(
                StudentChoices(schools: [], grades: [], trackers: []), hasDistrict: hasDistrict
            ).more(StudentFilter(), words) + [
                StudentsBoard.Entry(href: MailSendersPage.list, icon: "pen", name: words("Sender and signature"))
            ]
        steps = NextSteps(overview, mail: hasDistrict ? mail : nil, words).steps
        hasSteps = !steps.isEmpty
        plot = Self.plot(overview.days, visit)
        let all = question.found(in: overview.schools)
        let start = min(question.page * SchoolsQuestion.pageSize, all.count)
        schools = all[start...].prefix(SchoolsQuestion.pageSize).map { School($0, words) }
        hasSchools = !overview.schools.isEmpty
        hasSearch = overview.schools.count >= SchoolsQuestion.searchable
        isNobody = hasSchools && schools.isEmpty
        search = question.search
        orders = SchoolsQuestion.Order.allCases.map { order in
            Option(value: order.rawValue, name: Self.name(order, words), isChosen: order == question.order)
        }
        found = words.plural("{count} school", "{count} schools", all.count)
        first = question.page == 0 ? nil : question.address(page: 0)
        next = start + SchoolsQuestion.pageSize < all.count ? question.address(page: question.page + 1) : nil
        hasPages = first != nil || next != nil
    }

    private static func name(_ order: SchoolsQuestion.Order, _ words: Words) -> String {
        switch order {
        case .share: words("Lowest share first")
        case .need: words("Most who need help first")
        case .name: words("By name")
        }
    }

    private static func plot(_ days: [ActivationDay], _ visit: Visit) -> BarPlot? {
        let words = visit.words
        let dated = days.compactMap { day in
            Timestamp(startOf: day.day, in: visit.zone).map { (date: $0.date, count: day.count) }
        }
        guard let most = dated.max(by: { $0.count < $1.count }), most.count > 0, let first = dated.first,
            let last = dated.last
        else { return nil }
        var month = ""
        let bars = dated.map { day in
            let short = words.shortMonth(day.date, visit.zone)
            defer { month = short }
            return BarPlot.Bar(
                label: "\(SchoolDay(Timestamp(day.date), in: visit.zone).today.suffix(2).drop { $0 == "0" })",
                section: short == month ? nil : short, name: words.date(day.date, visit.zone), count: day.count)
        }
        let all = words.plural(
            "{count} student became active from {first} to {last}.",
            "{count} students became active from {first} to {last}.", dated.reduce(0) { $0 + $1.count },
            ["first": words.day(first.date, visit.zone), "last": words.day(last.date, visit.zone)])
        let peak = words(
            "Most on {day}: {number}.",
            ["day": words.day(most.date, visit.zone), "number": words.number(most.count)])
        return BarPlot(name: "\(all) \(peak)", bars, words: words)
    }

    private static func answer(_ overview: DistrictOverview, _ words: Words) -> String {
        let students = overview.counts.members
        guard students > 0 else { return words("There are no students yet.") }
        let active = words.plural(
            "{active} of {count} student is active: {share}.", "{active} of {count} students are active: {share}.",
            students,
            [
                "active": words.number(overview.counts[StudentState.active]),
                "share": words("{percent}%", ["percent": "\(overview.counts[StudentState.active] * 100 / students)"]),
            ])
        let needing = overview.counts[.needsYou]
        return needing == 0
            ? active : active + " " + words.plural("{count} needs help.", "{count} need help.", needing)
    }
}

extension SchoolsPage.School {
    init(_ line: SchoolLine, _ words: Words) {
        let students = line.counts.members
        let needing = line.counts[.needsYou]
        name = line.name
        href = LocalAddress.of("/admin/students", [("school", line.id.description)])
        people = words.plural("{count} student", "{count} students", students)
        state =
            if students == 0 {
                AdminBadge(style: "is-maybe", icon: "maybe", word: words("No students"))
            } else if line.hasNotStarted {
                AdminBadge(style: "is-bounced", icon: "warn", word: words("Not started"))
            } else if needing > 0 {
                AdminBadge(
                    style: "is-todo", icon: "warn",
                    word: words.plural("{count} needs help", "{count} need help", needing))
            } else if line.counts[StudentState.active] == students {
                AdminBadge(style: "is-active", icon: "active", word: words("Everybody is in"))
            } else {
                AdminBadge(style: "is-mailed", icon: "clock", word: words("On the way"))
            }
        activeWidth = Self.width(line.counts[StudentState.active], of: students)
        wayWidth = Self.width(line.counts[StudentState.active] + line.counts[.onTheWay], of: students)
        share = words("{percent}%", ["percent": "\(line.share)"])
        active = words.number(line.counts[StudentState.active])
        onTheWay = words.number(line.counts[.onTheWay])
    }

    /// In hundredths of the bar, with one decimal.
    private static func width(_ part: Int, of whole: Int) -> String {
        let tenths = whole == 0 ? 0 : part * 1000 / whole
        return "\(tenths / 10).\(tenths % 10)"
    }
}
