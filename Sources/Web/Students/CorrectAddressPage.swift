import Core
import Rendering

/// One student's address, to be corrected.
struct CorrectAddressPage: Page {
    static let template = "students/address"

    let layout: Layout
    let menu: AdminMenu?
    let note: AdminNote?
    let back: String
    let name: String
    let heading: String
    let action: String
    let act: String
    let before: String
    let present: String?
    let typed: String
    let problem: String?
    let isNone: Bool
    let roster: String?

    /// What was typed stays; `problem` says what is wrong with it, `note` what happened meanwhile.
    init(
        _ detail: StudentDetail, door: StudentDoor, typed: String?, isNone: Bool = false, problem: String? = nil,
        note: AdminNote? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        let line = detail.line
        heading = words("Correct the address of {name}", ["name": line.name])
        layout = Layout(heading, visit, current: door == .admin ? .admin : .trackers)
        menu = door == .admin ? AdminMenu(.students, words: words) : nil
        self.note = note
        back = "\(door.list)/\(line.id)"
        name = line.name
        action = "\(back)/address"
        self.act = act.description
        before = line.address ?? ""
        present = line.address
        self.typed = typed ?? line.address ?? ""
        self.isNone = isNone
        self.problem = problem
        roster = detail.rosterAddress.map { words("The student system has {address}.", ["address": $0]) }
    }
}
