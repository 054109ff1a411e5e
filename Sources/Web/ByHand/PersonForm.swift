import Core
import Hummingbird

/// The posted form of one person, or an empty one.
struct PersonForm {
    let kind: AccountKind
    var typed: TypedPerson
    let act: ID<Act>
    var stamp: String?
    /// Who was shown as there already.
    var others: Set<ID<Account>> = []
    /// What comes after saving: `print`, `mail` or `look`.
    var then = "look"
    /// True for a press that only draws the trackers of the chosen schools.
    var isOnlyShown = false

    init(kind: AccountKind, typed: TypedPerson, act: ID<Act>) {
        self.kind = kind
        self.typed = typed
        self.act = act
    }

    init(_ request: Request, kind: AccountKind) async throws {
        let form = try await Form(
            request,
            fields: [
                "act", "stamp", "given", "family", "number", "grade", "address", "language", "username", "then",
                "count",
            ], lists: ["school", "tracker", "other"], limit: 262_144)
        self.kind = kind
        act = try form.id("act")
        stamp = form.optional("stamp")
        others = Set(try form.ids("other"))
        then = form.optional("then") ?? "look"
        isOnlyShown = form.optional("count") != nil
        var typed = TypedPerson()
        typed.givenName = form.optional("given") ?? ""
        typed.familyName = form.optional("family") ?? ""
        typed.address = form.optional("address") ?? ""
        typed.username = form.optional("username") ?? ""
        if kind == .student {
            typed.number = form.optional("number") ?? ""
            typed.grade = form.optional("grade") ?? ""
            typed.language = form.optional("language") ?? ""
        }
        // The empty choice of the list of schools is none.
        typed.schools = try form.list("school").filter { !$0.isEmpty }.map { text in
            guard let id = ID<School>(text) else { throw BadForm.invalid(field: "school") }
            return id
        }
        typed.trackers = try form.ids("tracker")
        let isTag =
            typed.language.utf8.count <= 35
            && typed.language.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
            }
        guard isTag else {
            throw BadForm.invalid(field: "language")
        }
        self.typed = typed.cleaned
    }
}

extension AccountKind {
    /// The administrator's list of these people, below which each has a page.
    var list: String {
        switch self {
        case .student: "/admin/students"
        case .staff: "/admin/staff"
        }
    }
}
