import Core
import Rendering
import RosterSources

/// What the columns of a list hold, for a person to look at before it is read.
struct ListColumnsPage: Page {
    static let template = "student-lists/columns"

    struct Choice {
        let value: String
        let name: String
        let isChosen: Bool
    }
    struct Column {
        let id: String
        let label: String
        let examples: String?
        /// Closed to everybody: nothing can be chosen.
        let isKeptOut: Bool
        let isAsked: Bool
        let choices: [Choice]
    }
    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let heading: String
    let back: String
    let path: String
    let file: String
    let columns: [Column]
    let header: String
    let otherHeader: String
    let otherHeaderWords: String
    let act: String

    init(
        _ shape: StudentListShape, of draft: ListDraft, in list: SchoolList, problem: String? = nil, act: String,
        visit: Visit
    ) {
        let words = visit.words
        heading = words("What the columns hold")
        layout = Layout(heading, visit, current: .admin)
        menu = AdminMenu(.rosterSyncs, words: words)
        note = problem.map { .bad($0) }
        back = list.name
        path = "/admin/student-lists/\(list.id)"
        file = "\(path)/drafts/\(draft.id)"
        columns = shape.columns.enumerated().map { index, column in
            Column(column, number: index + 1, words)
        }
        header = shape.hasHeader ? "yes" : "no"
        otherHeader = "\(file)?header=\(shape.hasHeader ? "no" : "yes")"
        otherHeaderWords =
            shape.hasHeader
            ? words("The first line is a student, not names of columns")
            : words("The first line names the columns")
        self.act = act
    }
}

extension ListColumnsPage.Column {
    fileprivate init(_ column: StudentListShape.Column, number: Int, _ words: Words) {
        id = "column-\(number)"
        let name = words("Column {number}", ["number": words.number(number)])
        label = column.header.isEmpty ? name : "\(name): \(column.header)"
        isKeptOut = column.meaning == .keptOut
        examples = column.examples.isEmpty ? nil : column.examples.joined(separator: " · ")
        isAsked = !column.isCertain
        choices = StudentListMeaning.allCases.filter { ($0 == .keptOut) == (column.meaning == .keptOut) }.map {
            meaning in
            ListColumnsPage.Choice(
                value: meaning.rawValue, name: meaning.name(words), isChosen: meaning == column.meaning)
        }
    }
}

extension StudentListMeaning {
    func name(_ words: Words) -> String {
        switch self {
        case .number: words("Student number")
        case .givenName: words("Given name")
        case .familyName: words("Family name")
        case .wholeName: words("Whole name, family name last or “Family, Given”")
        case .wholeNameFamilyFirst: words("Whole name, family name first")
        case .preferredName: words("Preferred name")
        case .address: words("The student’s own email address")
        case .username: words("Username")
        case .grade: words("Grade")
        case .tracker: words("Class")
        case .ignored: words("Nothing of this")
        case .keptOut: words("Never read")
        }
    }
}
