import Core
import Rendering

/// Adds one student or member of staff, or changes one: the same fields, each with what is wrong or newer beside it.
struct PersonFormPage: Page {
    static let template = "by-hand/person"

    /// What is drawn.
    struct Drawing: Sendable {
        let kind: AccountKind
        /// nil for somebody new.
        var person: PersonByHand?
        var typed: TypedPerson
        var schools: [School]
        var places: [HandPlaces]
        var problems: Set<HandProblem> = []
        var there: [PersonThere] = []
        /// How the person is now, where somebody else has changed them since the form was drawn.
        var newer: PersonByHand?
        /// What the name would be under which they sign in; nil where nothing is typed yet.
        var username: String?
        var act: ID<Act>
        init(kind: AccountKind, typed: TypedPerson, schools: [School], places: [HandPlaces], act: ID<Act>) {
            self.kind = kind
            self.typed = typed
            self.schools = schools
            self.places = places
            self.act = act
        }
    }
    struct Field {
        let name: String
        let label: String
        let hint: String?
        let value: String
        let problem: String?
        let newer: String?
        let isMono: Bool
        let type: String
        /// The ids of hint, problem and newer value, as far as they are drawn.
        let described: String?

        init(
            name: String, label: String, hint: String?, value: String, problem: String?, newer: String?, isMono: Bool,
            type: String
        ) {
            self.name = name
            self.label = label
            self.hint = hint
            self.value = value
            self.problem = problem
            self.newer = newer
            self.isMono = isMono
            self.type = type
            let parts = [("hint", hint), ("problem", problem), ("newer", newer)].compactMap { part, text in
                text.map { _ in "\(name)-\(part)" }
            }
            described = parts.isEmpty ? nil : parts.joined(separator: " ")
        }
    }
    struct Choice {
        let value: String
        let name: String
        let isChosen: Bool
    }
    struct Group {
        let heading: String
        let choices: [Choice]
        let isEmpty: Bool
    }
    struct There {
        let href: String
        let text: String
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let backName: String
    let note: AdminNote?
    let action: String
    let act: String
    let stamp: String?
    let about: String?
    let fields: [Field]
    let hasFields: Bool
    /// Whether the schools are chosen here, on which the trackers depend.
    let showsTrackers: Bool
    let schoolLegend: String
    let oneSchool: Bool
    let manySchools: Bool
    let schools: [Choice]
    let schoolProblem: String?
    let trackerProblem: String?
    let languages: [Choice]
    let hasLanguage: Bool
    let groups: [Group]
    let fixed: String?
    let there: [There]
    let others: [String]
    let hasThere: Bool
    let first: String
    let firstThen: String
    let firstIcon: String
    let second: String?
    let out: OutOrIn?

    /// Taking somebody out, or letting them in again.
    struct OutOrIn {
        struct Button {
            let action: String
            let label: String
        }
        let heading: String
        let text: String
        /// nil for whoever may not.
        let button: Button?
    }

    init(_ drawing: Drawing, visit: Visit) {
        let words = visit.words
        let form = PersonFormWords(drawing, words)
        let person = drawing.person
        title = form.title
        layout = Layout(title, visit, current: .admin)
        let isStudent = drawing.kind == .student
        menu = AdminMenu(isStudent ? PersonFormWords.studentsEntry : .staff, words: words)
        back = form.back
        backName = form.backName
        note = form.note
        action = person.map { "\(form.list)/\($0.id)/edit" } ?? "\(form.list)/new"
        act = drawing.act.description
        stamp = (drawing.newer ?? person)?.stamp
        let isFree = person?.isFree ?? true
        about = form.about
        fields = isFree ? form.fields : form.nameFields
        hasFields = !fields.isEmpty
        showsTrackers = isFree
        schoolLegend = isStudent ? words("School") : words("Schools")
        oneSchool = isFree && isStudent
        manySchools = isFree && !isStudent
        let none =
            isStudent
            ? [Choice(value: "", name: words("Choose a school"), isChosen: drawing.typed.schools.isEmpty)] : []
        schools =
            none
            + drawing.schools.map {
                Choice(value: "\($0.id)", name: $0.name, isChosen: drawing.typed.schools.contains($0.id))
            }
        schoolProblem = form.problem([.schoolMissing])
        trackerProblem = form.problem([.trackersElsewhere])
        hasLanguage = isFree && isStudent
        languages = form.languages(visit.house.languages.map { ($0.tag, $0.name) })
        groups = drawing.places.map { place in
            let fixed = Set((person?.rosterTrackers ?? []).map(\.id))
            let choices = place.trackers.filter { !fixed.contains($0.id) }.map {
                Choice(value: "\($0.id)", name: $0.name, isChosen: drawing.typed.trackers.contains($0.id))
            }
            return Group(
                heading: words("Trackers of {school}", ["school": place.school.name]), choices: choices,
                isEmpty: choices.isEmpty)
        }
        fixed = form.fixed
        there = drawing.there.map { form.there($0) }
        hasThere = !there.isEmpty
        others = drawing.there.map { "\($0.id)" }
        first = form.first
        firstThen = person != nil ? "look" : isStudent ? "print" : "mail"
        firstIcon = person != nil ? "active" : isStudent ? "print" : "send"
        second = person == nil ? (hasThere ? words("Save all the same, without that") : words("Save")) : nil
        out = person.flatMap { form.outOrIn($0) }
    }
}
