/// What a column of a list of students holds. Raw values are for forms.
package enum StudentListMeaning: String, Sendable, CaseIterable {
    /// The student number, which tells students apart.
    case number
    case givenName = "given"
    case familyName = "family"
    /// "Family, Given", or else the family name last.
    case wholeName = "whole"
    /// "Family, Given", or else the family name first.
    case wholeNameFamilyFirst = "whole-family-first"
    case preferredName = "preferred"
    /// The student's own mail address.
    case address
    case username
    case grade
    /// A class in which the student is.
    case tracker
    /// Not read.
    case ignored
    /// Not read, and nobody can have it read: birthdays, health, passwords, and what is of the family.
    case keptOut = "kept-out"

    /// True where two columns are two pieces of one thing, or two things.
    var mayBeSeveral: Bool {
        switch self {
        case .familyName, .givenName, .tracker, .ignored, .keptOut: true
        default: false
        }
    }

    /// True where nothing of the column is looked at.
    package var isUnread: Bool { self == .ignored || self == .keptOut }
}
