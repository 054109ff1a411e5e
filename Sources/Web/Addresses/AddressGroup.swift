import Core
import Rendering

/// The lines of a list that share a finding: how many, what it means, and the first of them.
struct AddressGroup: Sendable {
    struct Line: Sendable {
        let line: String
        let named: String
        let name: String?
        let href: String?
        let before: String?
        let address: String
        let reason: String?
    }

    let heading: String
    let advice: String?
    let mark: StateMark
    let lines: [Line]
    /// The way to all of them, where the page shows only the first.
    let more: String?
    let moreHref: String
    /// True where the address before is shown beside the new one.
    let isChange: Bool
    let isOpen: Bool

    /// What would change or did comes first, then what somebody has to look at, then what is so already.
    static let order: [AddressFinding] =
        [.changed, .change, .overtaken] + wrong + [.pinned, .pin, .same, .repeated]
    /// Lines that cannot be taken as they are.
    static let wrong: [AddressFinding] = [.bad, .notFound, .several, .conflict, .username]
    /// How many lines of a finding stand on the list's own page.
    static let shown = 20

    init(_ finding: AddressFinding, _ count: Int, _ lines: [AddressLine], path: String, _ words: Words) {
        heading = Self.heading(finding, count, words)
        advice = Self.advice(finding, words)
        mark = Self.mark(finding, words)
        isChange = finding == .change || finding == .changed || finding == .overtaken
        isOpen = isChange || Self.wrong.contains(finding)
        self.lines = lines.map { line in
            Line(
                line: words("line {line}", ["line": words.number(line.line)]), named: line.named, name: line.name,
                href: line.student.map { "/admin/students/\($0)" }, before: line.before, address: line.address,
                reason: line.fault.map { AddressFaultText.text($0, words) })
        }
        more =
            count > lines.count ? words.plural("Show the {count} line", "Show all {count} lines", count) : nil
        moreHref = "\(path)/\(finding.rawValue)"
    }

    static func heading(_ finding: AddressFinding, _ count: Int, _ words: Words) -> String {
        switch finding {
        case .change: words.plural("{count} would change", "{count} would change", count)
        case .changed: words.plural("{count} was changed", "{count} were changed", count)
        case .pin, .pinned:
            words.plural(
                "{count} has this address already and keeps it", "{count} have this address already and keep it", count)
        case .same: words.plural("{count} stays as it is", "{count} stay as they are", count)
        case .repeated: words.plural("{count} says the same again", "{count} say the same again", count)
        case .conflict: words.plural("{count} contradicts another", "{count} contradict each other", count)
        case .notFound: words.plural("{count} was not found", "{count} were not found", count)
        case .several: words.plural("{count} means several students", "{count} mean several students", count)
        case .username: words.plural("{count} is somebody’s username", "{count} are somebody’s username", count)
        case .bad: words.plural("{count} is no address", "{count} are no addresses", count)
        case .overtaken: words.plural("{count} was left as it is", "{count} were left as they are", count)
        }
    }

    private static func advice(_ finding: AddressFinding, _ words: Words) -> String? {
        switch finding {
        case .change, .changed:
            words(
                "From now on no roster changes these addresses. Links that were mailed to the address before stop working."
            )
        case .pin, .pinned: words("From now on no roster changes these addresses.")
        case .same, .repeated, .bad: nil
        case .conflict: words("Two lines give one student different addresses. Neither is taken: leave one of them.")
        case .notFound: words("No student of yours has this number or username. Look for missing zeros in front.")
        case .several: words("Nobody is guessed. Write the username instead, or add a column with the school.")
        case .username: words("Somebody else signs in with this as a username. Correct it on the student’s page.")
        case .overtaken:
            words(
                "Since the preview somebody gave another address, or the student left. Upload the list again to see it as it is now."
            )
        }
    }

    private static func mark(_ finding: AddressFinding, _ words: Words) -> StateMark {
        switch finding {
        case .change: StateMark(css: "is-mailed", icon: "pen", word: words("Would change"))
        case .changed: StateMark(css: "is-active", icon: "active", word: words("Changed"))
        case .pin, .pinned, .same, .repeated: StateMark(css: "is-maybe", icon: "active", word: words("Stays"))
        case .overtaken: StateMark(css: "is-todo", icon: "hold", word: words("Left as it is"))
        case .conflict, .notFound, .several, .username, .bad:
            StateMark(css: "is-bounced", icon: "warn", word: words("Not taken"))
        }
    }
}
