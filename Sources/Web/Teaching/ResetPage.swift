package import Core
import Rendering

/// Asks once before an active student's own password stops working.
package struct ResetPage: Page {
    package static let template = "teaching/reset"

    let layout: Layout
    let title: String
    let username: String
    let action: String
    let act: String
    let backHref: String

    package init(student: StudentLine, act: ID<Act>, visit: Visit) {
        title = visit.words("Reset the password of {name}?", ["name": student.name])
        layout = Layout(title, visit, current: .trackers)
        username = student.username
        action = "/people/students/\(student.id)/reset"
        self.act = act.description
        backHref = "/people/students#s-\(student.id)"
    }
}
