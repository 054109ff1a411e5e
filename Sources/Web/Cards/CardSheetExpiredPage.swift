import Rendering

/// A card sheet that is no longer shown, or was voided: says so and offers to print anew.
package struct CardSheetExpiredPage: Page {
    package static let template = "cards/expired"

    let layout: Layout
    let title: String
    let backHref: String
    let printHref: String

    package init(number: Int, at door: StudentDoor, visit: Visit) {
        title = visit.words("Sheet {sheet} is no longer shown", ["sheet": "\(number)"])
        layout = Layout(title, visit, current: door.place)
        printHref = door.print
        backHref = door.list
    }
}
