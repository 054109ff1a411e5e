import Rendering

/// Mail and paper for many: behind one door a teacher's trackers are chosen, behind the other an administrator's schools.
extension StudentDoor {
    init(forSchools: Bool) { self = forSchools ? .admin : .people }

    var send: String { "\(list)/send" }
    var print: String { "\(list)/print" }
    /// Where the print form is posted to.
    var makesSheet: String {
        switch self {
        case .people: "/card-sheets"
        case .admin: print
        }
    }
    /// The link of the Global navigation.
    var place: Layout.Place {
        switch self {
        case .people: .trackers
        case .admin: .admin
        }
    }
    /// The field that names each chosen tracker or school.
    var field: String {
        switch self {
        case .people: "tracker"
        case .admin: "school"
        }
    }

    func everything(_ words: Words) -> String {
        switch self {
        case .people: words("All Classrooms")
        case .admin: words("All Schools")
        }
    }

    /// At which nothing arrives: mail to it came back, or was refused.
    func aboutBadAddress(_ words: Words) -> String {
        switch self {
        case .people: words("Nothing arrives here: ask the office to correct the address.")
        case .admin: words("Nothing arrives here: correct the address.")
        }
    }

    func tickSomething(_ words: Words) -> String {
        switch self {
        case .people: words("Tick All Classrooms or one of your trackers.")
        case .admin: words("Tick All Schools or one of the schools.")
        }
    }
}
