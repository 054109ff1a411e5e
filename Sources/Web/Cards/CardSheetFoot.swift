import Core
import Rendering

/// What ends a card sheet after its last group.
package struct CardSheetFoot: Page {
    package static let template = "cards/sheet-foot"

    let layout: Layout

    package init(visit: Visit) {
        layout = Layout("", visit, current: .trackers)
    }
}
