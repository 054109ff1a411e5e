package import Core
import Rendering

/// The schools that give lists of their own.
package struct StudentListsPage: Page {
    package static let template = "student-lists/lists"

    struct Line {
        let href: String
        let name: String
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let lines: [Line]
    let hasLines: Bool
    let act: String

    package init(_ lists: [SchoolList], problem: String? = nil, act: String, visit: Visit) {
        layout = Layout(visit.words("Lists of students"), visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: visit.words)
        note = problem.map { .bad($0) }
        lines = lists.map { Line(href: "/admin/student-lists/\($0.id)", name: $0.name) }
        hasLines = !lines.isEmpty
        self.act = act
    }
}

/// Where a school's list is given.
package struct StudentListPage: Page {
    package static let template = "student-lists/list"

    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let name: String
    let path: String
    let hint: String
    let fileAct: String
    let textAct: String

    /// `limit` is in MiB; `acts` are ids for the two forms.
    package init(_ list: SchoolList, problem: String? = nil, limit: Int, acts: [String], visit: Visit) {
        let words = visit.words
        layout = Layout(list.name, visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) }
        name = list.name
        path = "/admin/student-lists/\(list.id)"
        hint = words(
            "A CSV or text file with a line for each student, at most {limit} MiB. Which columns there are does not matter: you look at them first.",
            ["limit": words.number(limit)])
        fileAct = acts.first ?? ""
        textAct = acts.last ?? ""
    }
}
