import Core
import Rendering

/// Search, choices and order above the board: a form that only reads.
struct FilterBar: Sendable {
    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }
    struct Select: Sendable {
        let field: String
        let label: String
        let options: [Option]
    }
    let action: String
    let hint: String
    let search: String
    let state: String?
    /// Where a school is searched for, where there are too many for a list.
    let schoolsHref: String?
    let selects: [Select]

    init(_ filter: StudentFilter, _ board: StudentsBoard, _ words: Words) {
        action = board.door.list
        search = filter.search
        state = filter.state?.rawValue
        switch board {
        case .teacher(let trackers):
            hint = words("Name, username or address")
            schoolsHref = nil
            selects = [
                Self.trackers(trackers, filter, words), Self.orders(StudentFilter.Order.allCases, filter, words),
            ]
        case .administrator(let choices, _):
            hint = words("Name, username, number or address")
            schoolsHref = choices.hasManySchools ? SchoolsQuestion(order: .name).address(page: 0) + "#q" : nil
            // Of many schools only the chosen one is here, and the way back to all.
            var selects =
                choices.hasManySchools && filter.school == nil ? [] : [Self.schools(choices.schools, filter, words)]
            if choices.grades.count > 1 || filter.grade != nil {
                selects.append(Self.grades(choices.grades, filter, words))
            }
            if filter.school != nil { selects.append(Self.trackers(choices.trackers, filter, words)) }
            self.selects = selects + [Self.orders([.need, .name], filter, words)]
        }
    }

    private static func schools(_ schools: [School], _ filter: StudentFilter, _ words: Words) -> Select {
        Select(
            field: "school", label: words("School"),
            options: [Option(value: "", name: words("All schools"), isChosen: filter.school == nil)]
                + schools.map { Option(value: $0.id.description, name: $0.name, isChosen: $0.id == filter.school) })
    }

    private static func grades(_ grades: [String], _ filter: StudentFilter, _ words: Words) -> Select {
        Select(
            field: "grade", label: words("Grade"),
            options: [Option(value: "", name: words("All grades"), isChosen: filter.grade == nil)]
                + grades.map {
                    Option(value: $0, name: words("Grade {grade}", ["grade": $0]), isChosen: $0 == filter.grade)
                })
    }

    private static func trackers(_ trackers: [TrackerName], _ filter: StudentFilter, _ words: Words) -> Select {
        let all =
            filter.school == nil
            ? words.plural("Your {count} tracker", "All {count} trackers", trackers.count) : words("All trackers")
        return Select(
            field: "tracker", label: words("Tracker"),
            options: [Option(value: "", name: all, isChosen: filter.tracker == nil)]
                + trackers.map { Option(value: $0.id.description, name: $0.name, isChosen: $0.id == filter.tracker) })
    }

    private static func orders(_ orders: [StudentFilter.Order], _ filter: StudentFilter, _ words: Words) -> Select {
        Select(
            field: "sort", label: words("Order"),
            options: orders.map {
                Option(value: $0.rawValue, name: name($0, words), isChosen: $0 == filter.order)
            })
    }

    private static func name(_ order: StudentFilter.Order, _ words: Words) -> String {
        switch order {
        case .need: words("Needs you first")
        case .name: words("By name")
        case .mail: words("Newest mail first")
        }
    }
}
