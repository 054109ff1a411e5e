/// A person as an administrator types them; an empty text stands for nothing.
package struct TypedPerson: Sendable, Equatable {
    package var givenName = ""
    package var familyName = ""
    package var number = ""
    package var grade = ""
    package var address = ""
    /// A BCP 47 tag.
    package var language = ""
    /// Empty lets FirstBell make one.
    package var username = ""
    /// A student has one.
    package var schools: [ID<School>] = []
    /// Those that the person learns in, or teaches.
    package var trackers: [ID<Tracker>] = []
    package init() {}

    var sortName: String { SortName.key(family: familyName, given: givenName) }

    /// The same with line ends and tabs as single blanks and nothing at the ends, as a roster is read.
    package var cleaned: TypedPerson {
        var cleaned = self
        for field in [\Self.givenName, \.familyName, \.number, \.grade, \.address, \.language, \.username] {
            cleaned[keyPath: field] = Self.folded(self[keyPath: field])
        }
        return cleaned
    }

    /// Takes a name that was typed for somebody of a roster; nothing typed stands for the roster's.
    mutating func name(as typed: TypedPerson, orAsIn roster: RosterName) {
        let isEmpty = typed.givenName.isEmpty && typed.familyName.isEmpty
        givenName = isEmpty ? roster.given : typed.givenName
        familyName = isEmpty ? roster.family : typed.familyName
    }

    /// What cannot be saved, beside what only the database knows. Expects a cleaned value.
    package func problems(for kind: AccountKind) -> Set<HandProblem> {
        var problems: Set<HandProblem> = []
        if givenName.isEmpty && familyName.isEmpty { problems.insert(.nameMissing) }
        if !Self.isShowable(givenName, upTo: 100) { problems.insert(.givenNameUnusable) }
        if !Self.isShowable(familyName, upTo: 100) { problems.insert(.familyNameUnusable) }
        if !Self.isShowable(number, upTo: 64) { problems.insert(.numberUnusable) }
        if !Self.isShowable(grade, upTo: 20) { problems.insert(.gradeUnusable) }
        if !address.isEmpty, Address.key(address) == nil { problems.insert(.addressUnusable) }
        if !username.isEmpty, !Username.isValid(username) { problems.insert(.usernameUnusable) }
        if kind == .student, schools.count != 1 { problems.insert(.schoolMissing) }
        return problems
    }

    private static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isBlank = scalar == " " || ("\t"..."\r").contains(scalar) || ["\u{2028}", "\u{2029}"].contains(scalar)
            if !isBlank { scalars.append(scalar) } else if scalars.last != " " { scalars.append(" ") }
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars.drop { $0 == " " }))
    }

    private static func isShowable(_ text: String, upTo limit: Int) -> Bool {
        text.unicodeScalars.count <= limit && text.split(separator: " ").allSatisfy { Username.isShown(String($0)) }
    }
}

/// Why a person was not saved as typed; nothing was.
package enum HandProblem: Sendable, Hashable, CaseIterable {
    case nameMissing, givenNameUnusable, familyNameUnusable, numberUnusable, gradeUnusable, addressUnusable
    case schoolMissing
    static let ofName: Set<HandProblem> = [.nameMissing, .givenNameUnusable, .familyNameUnusable]
    /// A chosen tracker is in another school than the person.
    case trackersElsewhere
    case usernameUnusable, usernameTaken
    /// The username is another person's address: at the sign-in it could mean either.
    case usernameIsAddress
}

/// Somebody who is there already and may be the person who is being added.
package struct PersonThere: Sendable, Equatable {
    package let id: ID<Account>
    package let kind: AccountKind
    package let name: String
    package let number: String?
    package let username: String
    package let isSuspended: Bool
}
