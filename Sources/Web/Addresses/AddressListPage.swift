import Core
import Rendering

/// What a list would change, before it does; then its progress and its report.
struct AddressListPage: Page {
    static let template = "addresses/list"

    struct Progress: Sendable {
        let done: String
        let total: String
        let text: String
    }

    let layout: Layout
    let menu: AdminMenu
    let note: AdminNote?
    let heading: String
    let about: String
    let answer: String
    let path: String
    let act: String
    let isLive: Bool
    let progress: Progress?
    let canApply: Bool
    let apply: String
    let groups: [AddressGroup]
    let hasGroups: Bool
    let crowds: [String]
    let hasCrowds: Bool

    /// `lines` holds the first lines of each finding.
    init(
        _ list: AddressList, lines: [AddressFinding: [AddressLine]], note: AdminNote? = nil, act: ID<Act>, visit: Visit
    ) {
        let words = visit.words
        heading = words("Addresses of {moment}", ["moment": words.moment(list.madeAt.date, visit.zone)])
        isLive = list.state == .reading || list.state == .applying
        layout = Layout(heading, visit, current: .admin, renewsEvery: isLive ? 5 : nil)
        menu = AdminMenu(.students, words: words)
        self.note = note ?? list.refusal.map { .bad(words.message($0.reason, ["value": $0.value])) }
        about = Self.about(list, visit)
        answer = Self.answer(list, words)
        let path = "/admin/addresses/\(list.id)"
        self.path = path
        self.act = act.description
        progress = Self.progress(list, words)
        canApply = list.state == .ready && list[.change] + list[.pin] > 0
        apply = words.plural("Change {count} address", "Change {count} addresses", list[.change])
        let isOver = list.state == .refused || list.state == .reading
        groups =
            isOver
            ? []
            : AddressGroup.order.filter { list[$0] > 0 }.map { finding in
                AddressGroup(finding, list[finding], lines[finding] ?? [], path: path, words)
            }
        hasGroups = !groups.isEmpty
        crowds = list.crowds.map { crowd in
            words(
                "{people} students would share {address}.",
                ["people": words.number(crowd.people), "address": crowd.address])
        }
        hasCrowds = !crowds.isEmpty && list.state == .ready
    }

    private static func about(_ list: AddressList, _ visit: Visit) -> String {
        let words = visit.words
        let made = words("{file}, uploaded by {name}.", ["file": list.fileName, "name": words.person(list.madeBy)])
        guard list.state == .ready else { return made }
        let until = words.moment(list.endsAt.date, visit.zone)
        return made + " " + words("Nothing has changed yet. This preview waits until {moment}.", ["moment": until])
    }

    /// "412 addresses would change, 3,100 stay as they are, 14 lines cannot be taken."
    static func answer(_ list: AddressList, _ words: Words) -> String {
        switch list.state {
        case .reading: return words("The list is being read.")
        case .refused: return words("The list was not taken. Nothing has changed.")
        case .applying: return words("The addresses are being changed.")
        case .ready, .applied: break
        }
        let isDone = list.state == .applied
        var parts: [String] = []
        let changes = isDone ? list[.changed] : list[.change]
        if changes > 0 {
            parts.append(
                isDone
                    ? words.plural("{count} address was changed.", "{count} addresses were changed.", changes)
                    : words.plural("{count} address would change.", "{count} addresses would change.", changes))
        } else {
            parts.append(isDone ? words("No address was changed.") : words("No address would change."))
        }
        let same = list[.same] + list[.repeated] + list[.pin] + list[.pinned]
        if same > 0 {
            parts.append(
                words.plural("{count} line says what is so already.", "{count} lines say what is so already.", same))
        }
        let left = list[.overtaken]
        if left > 0 {
            parts.append(words.plural("{count} was left as it is.", "{count} were left as they are.", left))
        }
        let wrong = AddressGroup.wrong.reduce(0) { $0 + list[$1] }
        if wrong > 0 {
            parts.append(words.plural("{count} line cannot be taken.", "{count} lines cannot be taken.", wrong))
        }
        return parts.joined(separator: " ")
    }

    private static func progress(_ list: AddressList, _ words: Words) -> Progress? {
        switch list.state {
        case .reading:
            return Progress(
                done: "\(list.percent)", total: "100", text: words("{percent}%", ["percent": "\(list.percent)"]))
        case .applying:
            let left = list[.change] + list[.pin]
            let total = left + list[.changed] + list[.pinned] + list[.overtaken]
            let percent = total == 0 ? 100 : 100 * (total - left) / total
            return Progress(
                done: "\(total - left)", total: "\(total)", text: words("{percent}%", ["percent": "\(percent)"]))
        case .ready, .refused, .applied: return nil
        }
    }
}
