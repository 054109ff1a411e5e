import Rendering

/// A large card sheet that is still being written: looks again by itself.
package struct CardSheetWaitPage: Page {
    package static let template = "cards/wait"

    let layout: Layout
    let title: String
    let backHref: String

    package init(number: Int, at door: StudentDoor, visit: Visit) {
        title = visit.words("Sheet {sheet} is being made", ["sheet": "\(number)"])
        layout = Layout(title, visit, current: door.place, renewsEvery: 2)
        backHref = door.list
    }
}
