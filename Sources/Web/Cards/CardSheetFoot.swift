import Core
import Rendering

/// What ends a card sheet after its last group.
package struct CardSheetFoot: Page {
    package static let template = "cards/sheet-foot"

    let layout: Layout

    package init(at door: StudentDoor, visit: Visit) {
        layout = Layout("", visit, current: door.place)
    }
}
