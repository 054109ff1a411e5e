package import Core
import Rendering

/// One letter of the outbox folder, as text.
package struct AdminLettersPage: Page {
    package static let template = "admin/letter"

    let layout: Layout
    let menu: AdminMenu
    let heading: String
    let isBlanked: Bool
    let text: String

    /// `text` is the whole `.eml` with its links already blanked where `isBlanked`.
    package init(_ letter: MailOverview.Letter, text: Redacted<String>, isBlanked: Bool, visit: Visit) {
        layout = Layout(letter.subject, visit, current: .admin)
        menu = AdminMenu(.mail, words: visit.words)
        heading = letter.subject
        self.isBlanked = isBlanked
        self.text = text.value
    }
}
