import Core
import Rendering

/// Grants, changes or takes away the administrator's role of one person.
struct StaffRolePage: Page {
    static let template = "staff/role"

    struct Choice: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }
    /// Why the role was not changed.
    enum Problem: Sendable { case noSchool, suspended }

    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let action: String
    let act: String
    let claims: String?
    let problem: String?
    let isNone: Bool
    let isDistrict: Bool
    let isSchools: Bool
    let schools: [Choice]

    /// `chosen`: what the form shows; nil inside for no administrator.
    init(
        _ person: StaffLine, chosen: AdministratorReach?, schools: [School], problem: Problem? = nil, act: ID<Act>,
        visit: Visit
    ) {
        let words = visit.words
        title = words("The role of {name}", ["name": person.name])
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        back = "\(StaffReturn.list)/\(person.id)"
        action = "\(back)/role"
        self.act = act.description
        claims =
            person.claims.isEmpty
            ? nil
            : words(
                "In the roster: {roles}",
                ["roles": person.claims.map { StaffWords.text($0, words) }.joined(separator: words(", "))])
        self.problem =
            switch problem {
            case nil: nil
            case .noSchool: words("Tick at least one school, or choose the whole district.")
            case .suspended: words("This person is suspended. Bring them back first, then grant the role.")
            }
        isNone = chosen == nil
        isDistrict = chosen == .district
        var ticked: Set<ID<School>> = []
        if case .schools(let ids) = chosen { ticked = Set(ids) }
        isSchools = chosen != nil && chosen != .district
        self.schools = schools.map { Choice(value: "\($0.id)", name: $0.name, isChosen: ticked.contains($0.id)) }
    }
}
