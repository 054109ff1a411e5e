package import Core
import Rendering

/// A card sheet up to its first group: what to know before printing, and the Print button.
package struct CardSheetHead: Page {
    package static let template = "cards/sheet-head"

    let layout: Layout
    let title: String
    let about: String
    let otherSizeHref: String
    let otherSizeLabel: String
    let backHref: String
    let printHref: String
    let isEmpty: Bool

    /// `cards`: how many cards are on the sheet in all.
    package init(
        sheet: ID<CardSheet>, number: Int, cards: Int, isSingle: Bool, at door: StudentDoor, size: CardSize,
        visit: Visit
    ) {
        let words = visit.words
        title = isSingle ? words("Username/Password") : words("Student Usernames/Passwords")
        layout = Layout(title, visit, current: door.place)
        let count = words.plural(
            "Sheet {sheet}: {count} card", "Sheet {sheet}: {count} cards", cards, ["sheet": "\(number)"])
        let fit =
            size == .usual
            ? words("8 on a page, A4 and Letter.") : words("4 on a page, A4 and Letter.")
        about = "\(count)\(words(", "))\(fit)"
        otherSizeHref = size == .usual ? "/card-sheets/\(sheet)?size=large" : "/card-sheets/\(sheet)"
        otherSizeLabel = size == .usual ? words("Large print") : words("Usual size")
        backHref = door.list
        printHref = door.print
        isEmpty = cards == 0
    }
}
