/// Through which door staff reach a student: what can be done is the same, the addresses differ.
package enum StudentDoor: Sendable, Equatable {
    case people, admin

    /// The list of students behind it.
    var list: String {
        switch self {
        case .people: "/people/students"
        case .admin: "/admin/students"
        }
    }
}
