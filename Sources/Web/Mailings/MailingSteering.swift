import Core
import Rendering

/// What can be done with a whole mailing at this moment: undo it, pause it, let it go on, cancel what has not left.
struct MailingSteering: Sendable {
    struct Button: Sendable {
        let action: String
        let act: String
        let icon: String
        let label: String
    }

    /// Seconds in which it can be undone, and the button; nil afterwards.
    struct Undo: Sendable {
        let seconds: Int
        let button: Button
    }

    let undo: Undo?
    let buttons: [Button]

    /// Changes when other buttons are offered; not with the ids of their acts.
    var kind: [String] { buttons.map(\.action) + (undo == nil ? [] : ["undo"]) }

    init(_ report: MailingReport, mint: inout IDMint, visit: Visit) {
        let words = visit.words
        func button(_ wish: MailingWish, _ icon: String, _ label: String) -> Button {
            let act: ID<Act> = mint.next()
            return Button(
                action: "/mailings/\(report.id)/\(wish.rawValue)", act: act.description, icon: icon, label: label)
        }
        if let until = report.undoUntil, report.mayUndo(at: visit.now), report.stop == nil {
            let left = until.milliseconds - visit.now.milliseconds
            undo = Undo(seconds: Int((left + 999) / 1000), button: button(.cancel, "bounced", words("Undo")))
            buttons = []
            return
        }
        undo = nil
        let waiting = report.counts.sum(.queued, .deferred, .held)
        let isSingle = report.counts.values.reduce(0, +) < 2 && report.expected == nil
        let isPaused = report.stop?.isCancelled == false
        var buttons: [Button] = []
        if isPaused {
            buttons.append(button(.resume, "go", words("Resume")))
        } else if report.stop == nil, !isSingle, report.expected != nil || report.counts.sum(.queued, .deferred) > 0 {
            buttons.append(button(.pause, "hold", words("Pause")))
        }
        if waiting > 0 || report.expected != nil {
            buttons.append(
                button(.cancel, "noaddress", isSingle ? words("Cancel this mail") : words("Cancel the rest")))
        }
        self.buttons = buttons
    }
}
