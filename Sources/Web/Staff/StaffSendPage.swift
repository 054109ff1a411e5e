import Core
import Rendering

/// Says who of the Pending staff gets a mail and who does not, before anything leaves.
struct StaffSendPage: Page {
    static let template = "staff/send"

    struct Person: Sendable {
        let name: String
        let username: String
        let href: String
    }
    let layout: Layout
    let menu: AdminMenu
    let act: String
    let sentence: String
    /// The mail to the first who gets one; nil when nobody does.
    let letter: LetterPreview?
    let readers: String
    let addedLines: [String]
    let hasMessage: Bool
    let canSend: Bool
    let expected: Int
    let button: String
    let withoutAddress: [Person]
    let hasWithout: Bool
    let withoutTitle: String
    let rest: String?

    init(_ preview: StaffMailingPreview, letter: LetterPreview?, act: ID<Act>, visit: Visit) {
        let words = visit.words
        layout = Layout(words("Mail all Pending staff"), visit, current: .admin)
        menu = AdminMenu(.staff, words: words)
        self.act = act.description
        sentence = Self.sentence(preview, words)
        self.letter = letter
        readers = preview.reader.map { Self.readers($0.name, of: preview.mailed, words) } ?? words("nobody")
        (addedLines, hasMessage) = ([], false)
        canSend = preview.mailed > 0
        expected = preview.mailed
        button = words.plural("Send {count} activation email", "Send {count} activation emails", preview.mailed)
        withoutAddress = preview.withoutAddress.map {
            Person(name: $0.name, username: $0.username, href: "\(StaffReturn.list)/\($0.id)")
        }
        hasWithout = !withoutAddress.isEmpty
        withoutTitle = words.plural(
            "{count} has no address: make a one-time link", "{count} have no address: make one-time links",
            preview.noAddress)
        let hidden = preview.noAddress - withoutAddress.count
        rest = hidden > 0 ? words.plural("and {count} more", "and {count} more", hidden) : nil
    }

    private static func readers(_ first: String, of mailed: Int, _ words: Words) -> String {
        mailed <= 1
            ? first
            : words.plural("{name}, and {count} more", "{name}, and {count} more", mailed - 1, ["name": first])
    }

    private static func sentence(_ preview: StaffMailingPreview, _ words: Words) -> String {
        let parts = [
            words.plural("{count} gets a mail", "{count} get a mail", preview.mailed),
            preview.noAddress == 0
                ? nil : words.plural("{count} has no address", "{count} have no address", preview.noAddress),
            preview.underWay == 0
                ? nil
                : words.plural(
                    "{count} has a mail on its way", "{count} have a mail on its way", preview.underWay),
            preview.disowned == 0
                ? nil
                : words.plural(
                    "{count} says “This was not me” and gets none", "{count} say “This was not me” and get none",
                    preview.disowned),
        ].compactMap(\.self)
        return words("{list}.", ["list": parts.joined(separator: words(", "))])
    }
}
