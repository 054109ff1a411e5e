import Core
import Rendering

/// Something that can be done for one student: a button in a form, a link, or words that say why not.
struct StudentStep: Sendable {
    struct Form: Sendable {
        let action: String
        let act: String
        let icon: String
        let label: String
        /// Read aloud after the label: "to Jean-Luc Béranger".
        let whom: String
    }
    struct Link: Sendable {
        let href: String
        let icon: String
        let label: String
        let whom: String
    }
    struct Off: Sendable {
        let icon: String
        let label: String
        let why: String
    }
    let form: Form?
    let link: Link?
    let off: Off?
    let wait: String?

    init(form: Form? = nil, link: Link? = nil, off: Off? = nil, wait: String? = nil) {
        self.form = form
        self.link = link
        self.off = off
        self.wait = wait
    }

    static func send(
        _ line: StudentLine, _ act: ID<Act>, _ words: Words, _ door: StudentDoor = .people
    ) -> StudentStep {
        StudentStep(
            form: Form(
                action: "\(door.list)/\(line.id)/activation-email", act: act.description, icon: "send",
                label: words("Send Student Activation Email"), whom: words("to {name}", ["name": line.name])))
    }

    static func print(
        _ student: ID<Account>, named name: String, _ act: ID<Act>, _ words: Words, _ door: StudentDoor = .people
    ) -> StudentStep {
        StudentStep(
            form: Form(
                action: "\(door.list)/\(student)/card", act: act.description, icon: "print",
                label: words("Print Username/Password"), whom: words("of {name}", ["name": name])))
    }

    static func unlock(
        _ line: StudentLine, _ act: ID<Act>, _ words: Words, _ door: StudentDoor = .people
    ) -> StudentStep {
        StudentStep(
            form: Form(
                action: "\(door.list)/\(line.id)/unlock", act: act.description, icon: "lock",
                label: words("Unlock"),
                whom: words("for {name}", ["name": line.name])))
    }

    static func reset(_ line: StudentLine, _ words: Words, _ door: StudentDoor = .people) -> StudentStep {
        StudentStep(
            link: Link(
                href: "\(door.list)/\(line.id)/reset", icon: "again", label: words("Reset"),
                whom: words("the password of {name}", ["name": line.name])))
    }

    /// The mark of a student of whom somebody said "This was not me"; it leads to what can be done.
    static func flag(_ line: StudentLine, _ words: Words, _ door: StudentDoor) -> Link? {
        guard line.isDisowned else { return nil }
        return Link(
            href: "\(door.list)/\(line.id)/reset", icon: "warn", label: words("Says: this was not me"),
            whom: line.name)
    }

    static func noMail(because why: String, _ words: Words) -> StudentStep {
        StudentStep(off: Off(icon: "send", label: words("Send Student Activation Email"), why: why))
    }

    static func noCard(because why: String, _ words: Words) -> StudentStep {
        StudentStep(off: Off(icon: "print", label: words("Print Username/Password"), why: why))
    }

    static func wait(_ text: String) -> StudentStep { StudentStep(wait: text) }
}
