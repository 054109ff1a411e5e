package import Core
import Rendering

/// Whose board of students it is, with what the list can be narrowed to: the rows are the same.
package enum StudentsBoard: Sendable {
    /// With all of the teacher's trackers.
    case teacher([TrackerName])
    /// `hasDistrict`: whether the whole district is the administrator's.
    case administrator(StudentChoices, hasDistrict: Bool)

    struct Entry: Sendable {
        let href: String
        let icon: String
        let name: String
    }

    var door: StudentDoor {
        switch self {
        case .teacher: .people
        case .administrator: .admin
        }
    }

    /// What the button More offers; what is chosen of the list goes along.
    func more(_ filter: StudentFilter, _ words: Words) -> [Entry] {
        let shared = [
            Entry(href: sendHref(filter), icon: "send", name: words("Send Student Activation Emails")),
            Entry(href: printHref(filter, only: nil), icon: "print", name: words("Print Student Usernames/Passwords")),
        ]
        guard case .administrator(_, let hasDistrict) = self else { return shared }
        let school = ("school", filter.school?.description)
        let add = Entry(
            href: LocalAddress.of("\(door.list)/new", [school]), icon: "people", name: words("Add a student"))
        guard hasDistrict else { return shared + [add] }
        return shared + [add, Entry(href: "/admin/addresses", icon: "todo", name: words("Upload addresses"))]
    }

    func sendHref(_ filter: StudentFilter) -> String { LocalAddress.of("\(door.list)/send", [chosen(filter)]) }

    func printHref(_ filter: StudentFilter, only: PrintOnly?) -> String {
        LocalAddress.of("\(door.list)/print", [chosen(filter), ("only", only?.rawValue)])
    }

    /// What the dialogs of mail and paper can choose by: a teacher's tracker, an administrator's school.
    private func chosen(_ filter: StudentFilter) -> (String, String?) {
        switch self {
        case .teacher: ("tracker", filter.tracker?.description)
        case .administrator: ("school", filter.school?.description)
        }
    }

    /// True when those dialogs can choose just the people whom the counters count.
    func canChooseThese(_ filter: StudentFilter) -> Bool {
        switch self {
        case .teacher: true
        case .administrator: filter.tracker == nil && filter.grade == nil
        }
    }
}
