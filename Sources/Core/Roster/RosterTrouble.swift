/// What can be wrong between the rows of a roster, root causes first. Raw values are keys of the catalogs.
enum RosterTrouble: String, CaseIterable {
    case schoolTwice = "Two schools have this id, so neither was taken: {value}. Give each school its own id."
    case personTwice = "Two people have this id, so neither was touched: {value}. Give each person their own id."
    case trackerTwice = "Two trackers have this id, so neither was touched: {value}. Give each tracker its own id."
    case trackerWithoutSchool =
        "This tracker names a school that is not in the file: {value}. Add the school, and the tracker comes with the next roster."
    case trackerOutsideSchool =
        "This tracker belongs to an organisation that is no school: {value}. Name the school that it meets in."
    case personWithoutSchool =
        "This person names a school that is not in the file: {value}. Everything else of the person was taken."
    case personWithoutRole = "This person has no role in the file: {value}. Say whether this is a student or a teacher."
    case personOfAnotherKind =
        "This id is a student's in one place and a teacher's in the other: {value}. Nothing of it was touched; give the person a new id."
    case roleOfNobody =
        "This role names a person who is not in the file: {value}. Add the person, or take the role out."
    case enrollmentOfNobody =
        "This enrollment names a person who is not in the file: {value}. Add the person, or take the enrollment out."
    case enrollmentWithoutTracker =
        "This enrollment names a tracker that is not in the file: {value}. Add the tracker, or take the enrollment out."
    case enrollmentOfAnotherKind =
        "This enrollment makes a student teach, or a teacher learn: {value}. Mend the role of the person or of the enrollment."
    case namelessPerson = "This person has no name: {value}. Add a given or a family name."
    case addressUnusable = "This is no email address: {value}. The person was taken without one."
    case usernameUnusable = "This username has a blank or is too long: {value}. FirstBell makes another."
    case usernameIsAddress = "This username is another person's address: {value}. FirstBell makes another."
    case usernameTaken = "Somebody else has this username: {value}. FirstBell makes another."
    case termUnknown =
        "This tracker names a term that is not in the file: {value}. It was taken without the term's days."
    case sameRowAgain = "This row stands in the file more than once: {value}. The first was taken."
    case otherStaff =
        "This person works in a school but is no teacher: {value}. The account has no rights until an administrator grants some under Staff."

    /// Where it stands among the problems: a cause comes before its consequences.
    static func rank(of reason: String) -> Int {
        allCases.firstIndex { $0.rawValue == reason } ?? -1
    }
}
