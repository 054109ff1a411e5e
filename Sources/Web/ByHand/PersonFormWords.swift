import Core
import Rendering

/// The words of a person's form.
struct PersonFormWords {
    let drawing: PersonFormPage.Drawing
    let words: Words

    /// Where a student's page stands in the menu of Admin.
    static let studentsEntry = AdminMenu.Entry.students

    init(_ drawing: PersonFormPage.Drawing, _ words: Words) {
        self.drawing = drawing
        self.words = words
    }

    private var isStudent: Bool { drawing.kind == .student }
    var list: String { drawing.kind.list }

    var title: String {
        guard let person = drawing.person else {
            return isStudent ? words("Add a student") : words("Add a member of staff")
        }
        return words("Change {name}", ["name": person.name])
    }

    var back: String { drawing.person.map { "\(list)/\($0.id)" } ?? list }

    var backName: String {
        if let person = drawing.person { return person.name }
        return isStudent ? words("Students") : words("Staff")
    }

    var about: String? {
        guard let person = drawing.person, !person.isFree else { return nil }
        guard let said = person.rosterName else {
            return words(
                "Name and schools come from the roster. Here you give more trackers; the roster leaves these alone.")
        }
        return words(
            "Schools come from the roster. Here you give another name, as one that the student prefers, and more trackers; the roster leaves these alone. In the roster the name is {name}.",
            ["name": said.shown])
    }

    var note: AdminNote? {
        if drawing.newer != nil {
            return .bad(
                words(
                    "Somebody else has changed this person since you opened the page. What stands there now is beside your words: save again to keep yours."
                ))
        }
        if !drawing.problems.isEmpty { return .bad(words("Nothing is saved yet. Look at what is marked.")) }
        if !drawing.there.isEmpty {
            return .bad(words("Nothing is saved yet: this may be somebody who is already there. Look."))
        }
        return nil
    }

    func problem(_ any: [HandProblem]) -> String? { any.first { drawing.problems.contains($0) }.map(sentence) }

    private func sentence(_ problem: HandProblem) -> String {
        switch problem {
        case .nameMissing: words("Type a given name or a family name.")
        case .givenNameUnusable, .familyNameUnusable:
            words("A name has at most 100 characters, and only such as can be read.")
        case .numberUnusable: words("A number has at most 64 characters, and only such as can be read.")
        case .gradeUnusable: words("A grade has at most 20 characters, and only such as can be read.")
        case .addressUnusable: words("This is no email address. Write it as name@school.example.")
        case .schoolMissing: words("Choose a school.")
        case .trackersElsewhere: words("You chose trackers of another school. Choose from these.")
        case .usernameUnusable, .usernameTaken, .usernameIsAddress: problem.ofUsername(words)
        }
    }

    /// Of somebody whom a roster names.
    var nameFields: [PersonFormPage.Field] {
        guard drawing.person?.rosterName != nil else { return [] }
        return names(hint: words("Leave both empty to follow the roster."))
    }

    private func names(hint: String? = nil) -> [PersonFormPage.Field] {
        [
            field("given", words("Given name"), \.givenName, [.nameMissing, .givenNameUnusable], hint: hint),
            field("family", words("Family name"), \.familyName, [.familyNameUnusable]),
        ]
    }

    var fields: [PersonFormPage.Field] {
        let typed = drawing.typed
        let isNew = drawing.person == nil
        var fields = names()
        if isStudent {
            fields.append(
                field(
                    "number", words("Student number"), \.number, [.numberUnusable],
                    hint: words("Not required. By it a later roster is known to speak of the same child.")))
            fields.append(field("grade", words("Grade"), \.grade, [.gradeUnusable], hint: words("Not required.")))
        }
        guard isNew else { return fields }
        fields.append(
            field(
                "address", words("Email address"), \.address, [.addressUnusable],
                hint: isStudent ? words("Not required: a card needs none.") : words("The activation email goes there."),
                type: "email"))
        let made = drawing.username.map { words("Left empty, it is {username}.", ["username": $0]) }
        fields.append(
            field(
                "username", words("Username"), \.username, [.usernameUnusable, .usernameTaken, .usernameIsAddress],
                hint: typed.username.isEmpty ? made ?? words("Left empty, FirstBell makes one.") : nil, isMono: true))
        return fields
    }

    private func field(
        _ name: String, _ label: String, _ path: KeyPath<TypedPerson, String>, _ problems: [HandProblem],
        hint: String? = nil, isMono: Bool = false, type: String = "text"
    ) -> PersonFormPage.Field {
        let value = drawing.typed[keyPath: path]
        let now = drawing.newer.map { $0.typed[keyPath: path] }
        let newer = now.flatMap {
            $0 == value ? nil : $0.isEmpty ? words("Now: nothing") : words("Now: {value}", ["value": $0])
        }
        return PersonFormPage.Field(
            name: name, label: label, hint: hint, value: value, problem: problem(problems), newer: newer,
            isMono: isMono, type: type)
    }

    func languages(_ known: [(String, String)]) -> [PersonFormPage.Choice] {
        let chosen = drawing.typed.language
        var choices = [PersonFormPage.Choice(value: "", name: words("As the school"), isChosen: chosen.isEmpty)]
        choices += known.map { PersonFormPage.Choice(value: $0, name: $1, isChosen: $0 == chosen) }
        if !chosen.isEmpty, !known.contains(where: { $0.0 == chosen }) {
            choices.append(PersonFormPage.Choice(value: chosen, name: chosen, isChosen: true))
        }
        return choices
    }

    /// Trackers that cannot be taken away here, and those that somebody else chose meanwhile.
    var fixed: String? {
        var sentences: [String] = []
        if let person = drawing.person, !person.rosterTrackers.isEmpty {
            sentences.append(
                words("From the roster: {trackers}.", ["trackers": words.list(person.rosterTrackers.map(\.name))]))
        }
        if let newer = drawing.newer, Set(newer.typed.trackers) != Set(drawing.typed.trackers) {
            let names = drawing.places.flatMap(\.trackers).filter { newer.typed.trackers.contains($0.id) }.map(\.name)
            sentences.append(
                names.isEmpty
                    ? words("Now given by hand: none.")
                    : words("Now given by hand: {trackers}.", ["trackers": words.list(names)]))
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    func there(_ person: PersonThere) -> PersonFormPage.There {
        var text =
            person.number.map {
                words("{name}, number {number}, is already there.", ["name": person.name, "number": $0])
            }
            ?? words(
                "{name}, username {username}, is already there.", ["name": person.name, "username": person.username])
        if person.isSuspended { text += " " + words("Suspended.") }
        return PersonFormPage.There(href: "\(list)/\(person.id)", text: text)
    }

    var first: String {
        if drawing.person != nil { return drawing.there.isEmpty ? words("Save") : words("Save all the same") }
        if isStudent {
            return drawing.there.isEmpty
                ? words("Save and print the card") : words("Save all the same, and print the card")
        }
        return drawing.there.isEmpty
            ? words("Save and send the activation email") : words("Save all the same, and send the activation email")
    }

    func outOrIn(_ person: PersonByHand) -> PersonFormPage.OutOrIn? {
        guard isStudent, !person.isSuspended || person.lift != nil else { return nil }
        if let lift = person.lift {
            let isOut = words("This student cannot sign in. Nothing was deleted: the password is as it was.")
            let button = PersonFormPage.OutOrIn.Button(
                action: "/admin/students/\(person.id)/revive", label: words("Let in again"))
            return PersonFormPage.OutOrIn(
                heading: words("Taken out"),
                text: [isOut, LiftWords.who(lift, words)].compactMap(\.self).joined(separator: " "),
                button: lift == .you ? button : nil)
        }
        return PersonFormPage.OutOrIn(
            heading: words("Take out"),
            text: words(
                "The student cannot sign in any more and is signed out everywhere. Nothing is deleted, and no roster brings them back: you do."
            ),
            button: PersonFormPage.OutOrIn.Button(
                action: "/admin/students/\(person.id)/suspend", label: words("Take this student out")))
    }
}

extension HandProblem {
    /// What speaks against a username, with what to do.
    func ofUsername(_ words: Words) -> String {
        switch self {
        case .usernameIsAddress: words("This is another person’s email address. Choose another username.")
        case .usernameTaken: words("Somebody has or had this username. Choose another.")
        default: words("A username has 1 to 128 characters that can be read, and no blank.")
        }
    }
}
