import Core
import Rendering

/// Who did what to whom and when, newest first, narrowed by person, school, kind and days.
package struct AuditPage: Page {
    package static let template = "audit/audit"

    struct Named {
        let name: String
        let href: String?
    }
    struct Link {
        let name: String
        let href: String
    }
    struct Line {
        let at: String
        let who: Named
        let what: String
        let whom: Named?
        let place: String?
        let more: Link?
    }
    /// People of whom one has to be chosen, or nobody, because a typed name is not one person's.
    struct Doubt {
        let text: String
        let people: [Link]
        let hasPeople: Bool
    }
    struct Hidden {
        let name: String
        let value: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let filter: AuditFilterBar
    let narrowed: String?
    let doubts: [Doubt]
    let hidden: [Hidden]
    let lines: [Line]
    let hasLines: Bool
    let isEmpty: Bool
    let isNarrowed: Bool
    let hasPages: Bool
    let first: String?
    let next: String?

    init(
        _ list: AuditList, question: AuditQuestion = AuditQuestion(), people: AuditPeople = AuditPeople(),
        chosen: AuditChosen = AuditChosen(), schools: [School] = [], problem: AuditQuestion.Problem? = nil,
        administrator: Administrator, visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("Audit"), visit, current: .admin)
        menu = AdminMenu(.audit, words: words)
        note = problem.map { Self.note($0, words) }
        filter = AuditFilterBar(question, chosen: chosen, schools: schools, words)
        isNarrowed = question.isNarrowed
        narrowed = Self.narrowed(question, chosen, words)
        doubts =
            Self.doubts(people.who, typed: question.who, words) { person in
                question.changed { ($0.actor, $0.who) = (person, "") }
            }
            + Self.doubts(people.whom, typed: question.whom, words) { person in
                question.changed { ($0.subject, $0.whom) = (person, "") }
            }
        hidden = question.items.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : Hidden(name: name, value: $0) }
        }
        lines = list.lines.map { Line($0, question, administrator, visit) }
        hasLines = !lines.isEmpty
        isEmpty = lines.isEmpty && doubts.isEmpty && problem == nil
        first = question.after == nil ? nil : question.changed { _ in }.address
        next = list.next.map { last in question.changed { $0.after = last }.address }
        hasPages = first != nil || next != nil
    }

    private static func note(_ problem: AuditQuestion.Problem, _ words: Words) -> AdminNote {
        switch problem {
        case .noDay(let typed):
            .bad(words("{typed} is no day. Write it like 2026-09-01.", ["typed": typed]))
        case .backwards: .bad(words("The last day is before the first. Change one of them."))
        }
    }

    /// "By Ada Moss, to Ben Ames."
    private static func narrowed(_ question: AuditQuestion, _ chosen: AuditChosen, _ words: Words) -> String? {
        var parts: [String] = []
        let stranger = words("somebody outside your schools")
        if question.actor != nil { parts.append(words("By {name}.", ["name": chosen.actor ?? stranger])) }
        if question.subject != nil { parts.append(words("About {name}.", ["name": chosen.subject ?? stranger])) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private static func doubts(
        _ people: [AuditLine.Person], typed: String, _ words: Words,
        _ changed: (ID<Account>) -> AuditQuestion
    ) -> [Doubt] {
        guard !typed.isEmpty, people.count != 1 else { return [] }
        let text =
            people.isEmpty
            ? words("Nobody is called “{typed}”. Type a name, a username or an address.", ["typed": typed])
            : words("Several people fit “{typed}”. Choose one:", ["typed": typed])
        let links = people.map { Link(name: "\($0.name) (\($0.username))", href: changed($0.id).address) }
        return [Doubt(text: text, people: links, hasPeople: !links.isEmpty)]
    }
}

extension AuditPage.Line {
    init(_ line: AuditLine, _ question: AuditQuestion, _ administrator: Administrator, _ visit: Visit) {
        let words = visit.words
        at = words.moment(line.at.date, visit.zone)
        who = AuditPage.Named(
            name: line.isActorHidden
                ? words("somebody outside your schools") : line.actor?.shownName(words) ?? words("FirstBell"),
            href: line.actor.flatMap { actor in
                actor.isErased ? nil : question.changed { $0.actor = actor.id }.address
            })
        what = line.sentence(words)
        place = line.place(words)
        whom =
            if line.isSubjectHidden {
                AuditPage.Named(name: words("somebody outside your schools"), href: nil)
            } else {
                line.subject.map { AuditPage.Named(name: $0.shownName(words), href: Self.address(of: $0)) }
            }
        more = Self.more(line, administrator, words)
    }

    private static func address(of person: AuditLine.Person) -> String? {
        if person.isErased { return nil }
        return switch person.kind {
        case .student: "/admin/students/\(person.id)"
        case .staff: "/admin/staff/\(person.id)"
        }
    }

    /// Card sheets and mailings are shown to whoever made them alone, plans to administrators of the district.
    private static func more(_ line: AuditLine, _ administrator: Administrator, _ words: Words) -> AuditPage.Link? {
        let isOwn = line.actor?.id == administrator.id
        return switch line.target {
        case .cardSheet(let sheet) where isOwn:
            AuditPage.Link(name: words("Look at the card sheet"), href: "/card-sheets/\(sheet)")
        case .mailing(let mailing) where isOwn:
            AuditPage.Link(name: words("Look at the mailing"), href: "/mailings/\(mailing)")
        case .rosterPlan(let plan) where administrator.hasDistrict:
            AuditPage.Link(name: words("Look at the plan"), href: "/admin/roster-syncs/\(plan)")
        default: nil
        }
    }
}
