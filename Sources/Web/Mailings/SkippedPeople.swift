import Core
import Rendering

/// Chosen students who get no mail, for one reason: counted, named, and with the next step.
struct SkippedPeople: Sendable {
    let css: String
    let icon: String
    let text: String
    let names: String
    let printHref: String?
    let printLabel: String?

    /// `choice` leads to the print form at this door; nil for staff, who get no cards.
    static func all(
        of preview: MailingPreview, printing choice: [(String, String?)], at door: StudentDoor?, _ words: Words
    ) -> [SkippedPeople] {
        func print(_ only: PrintOnly) -> String? {
            door.map { LocalAddress.of($0.print, choice + [("only", only.rawValue)]) }
        }
        return [
            SkippedPeople(
                "is-noaddress", "noaddress", preview.noAddress, Self.noAddress(preview.noAddress.count, words), words,
                print: print(.noAddress)),
            SkippedPeople(
                "is-bounced", "bounced", preview.bounced, Self.bounced(preview.bounced.count, words), words,
                print: print(.bounced)),
            SkippedPeople(
                "is-maybe", "maybe", preview.maybeSent,
                words.plural(
                    "{count} was maybe sent: we do not mail twice by ourselves",
                    "{count} were maybe sent: we do not mail twice by ourselves", preview.maybeSent.count), words),
            SkippedPeople("is-mailed", "clock", preview.recent, Self.recent(preview.recent.count, words), words),
            SkippedPeople("is-active", "active", preview.active, Self.active(preview.active.count, words), words),
            SkippedPeople(
                "is-maybe", "hold", preview.suspended, Self.suspended(preview.suspended.count, words), words),
        ].compactMap(\.self)
    }

    /// "4 have no address, 2 addresses bounced, …"; empty when nobody is skipped.
    static func sentence(_ preview: MailingPreview, _ words: Words) -> [String] {
        let parts: [(Int, (Int, Words) -> String)] = [
            (preview.noAddress.count, noAddress), (preview.bounced.count, bounced), (preview.maybeSent.count, maybe),
            (preview.active.count, active), (preview.recent.count, recent), (preview.suspended.count, suspended),
        ]
        return parts.filter { $0.0 > 0 }.map { $0.1($0.0, words) }
    }

    private init?(
        _ css: String, _ icon: String, _ people: MailingPreview.People, _ text: String, _ words: Words,
        print: String? = nil
    ) {
        guard !people.isEmpty else { return nil }
        self.css = css
        self.icon = icon
        self.text = text
        let listed = people.first.map(\.name).joined(separator: words(", "))
        let rest = people.count - people.first.count
        names = rest > 0 ? listed + words.plural(" and {count} more", " and {count} more", rest) : listed
        printHref = print
        printLabel =
            print == nil
            ? nil : words.plural("Print a card for this one", "Print cards for these {count}", people.count)
    }

    private static func noAddress(_ count: Int, _ words: Words) -> String {
        words.plural("{count} has no address", "{count} have no address", count)
    }

    private static func bounced(_ count: Int, _ words: Words) -> String {
        words.plural("{count} address bounced", "{count} addresses bounced", count)
    }

    private static func maybe(_ count: Int, _ words: Words) -> String {
        words.plural("{count} was maybe sent", "{count} were maybe sent", count)
    }

    private static func recent(_ count: Int, _ words: Words) -> String {
        words.plural("{count} was mailed in the last hours", "{count} were mailed in the last hours", count)
    }

    private static func active(_ count: Int, _ words: Words) -> String {
        words.plural("{count} is already active", "{count} are already active", count)
    }

    private static func suspended(_ count: Int, _ words: Words) -> String {
        words.plural("{count} is no longer on the roster", "{count} are no longer on the roster", count)
    }
}
