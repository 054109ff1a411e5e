import Core
import Rendering

/// Who lets in again whom an administrator suspended.
enum LiftWords {
    /// nil for whoever may do it: the button says so.
    static func who(_ lift: SuspensionLift, _ words: Words) -> String? {
        switch lift {
        case .you: nil
        case .district:
            words(
                "An administrator of the whole district did this: only administrators of the whole district undo it.")
        case .wider:
            words(
                "This was done for more schools than yours: only who administers all of them, or the whole district, undoes it."
            )
        }
    }
}
