import Core
import Rendering

/// All lines of a list that share a finding.
struct AddressLinesPage: Page {
    static let template = "addresses/lines"

    let layout: Layout
    let menu: AdminMenu
    let back: String
    let list: String
    let group: AddressGroup
    let hasPages: Bool
    let first: String?
    let next: String?

    init(
        _ list: AddressList, _ finding: AddressFinding, _ lines: [AddressLine], isFirst: Bool, next: Int?, visit: Visit
    ) {
        let words = visit.words
        let path = "/admin/addresses/\(list.id)"
        let group = AddressGroup(finding, list[finding], lines, path: path, words)
        layout = Layout(group.heading, visit, current: .admin)
        menu = AdminMenu(.students, words: words)
        back = path
        self.list = words("Addresses of {moment}", ["moment": words.moment(list.madeAt.date, visit.zone)])
        self.group = group
        first = isFirst ? nil : group.moreHref
        self.next = next.map { PageAddress(group.moreHref, ["after": "\($0)"]).description }
        hasPages = first != nil || self.next != nil
    }
}
