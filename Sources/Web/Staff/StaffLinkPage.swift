package import Core
import Rendering

/// A one-time link for a member of staff without mail, shown once to the administrator who asked for it.
package struct StaffLinkPage: Page {
    package static let template = "staff/link"

    let layout: Layout
    let menu: AdminMenu
    let heading: String
    let link: String
    let until: String
    let back: String

    /// `back` is where the administrator came from.
    package init(
        name: String, link: Redacted<String>, worksUntil: Timestamp, back: String = "/admin/staff", visit: Visit
    ) {
        let words = visit.words
        layout = Layout(words("One-time link"), visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        heading = words("One-time link for {name}", ["name": name])
        self.link = link.value
        until = words("It works once, until {day}.", ["day": words.day(worksUntil.date, visit.zone)])
        self.back = back
    }
}
