import Core
import Rendering

/// The letters that a district can put into its own words, and what it has done with each.
struct MailWordsListPage: Page {
    static let template = "mail-words/list"

    struct Line {
        let name: String
        let language: String
        let tag: String
        let href: String
        let state: AdminBadge
        let when: String
    }
    let layout: Layout
    let menu: AdminMenu
    let lines: [Line]

    init(_ found: [MailWordsLine], visit: Visit) {
        let words = visit.words
        layout = Layout(words("The words of the mails"), visit, current: .admin)
        menu = AdminMenu(.mail, words: words)
        lines = found.map { line in
            Line(
                name: line.letter.name(words), language: visit.house.catalogs.words(line.language).name,
                tag: line.language, href: Self.href(line.letter, line.language),
                state: line.text == nil
                    ? AdminBadge(style: "is-mailed", icon: "mailed", word: words("FirstBell’s own words"))
                    : AdminBadge(style: "is-active", icon: "pen", word: words("Your words")),
                when: line.edition.map { MailWordsPage.saved($0, visit) } ?? "")
        }
    }

    static func href(_ letter: MailLetter, _ language: String) -> String {
        "/admin/mail/words/\(letter.rawValue)/\(language)"
    }
}
