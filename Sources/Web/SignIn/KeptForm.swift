import Core

/// What somebody sent after their session had ended: kept in the sign-in form, so that it can be sent again.
///
/// It goes to the browser that sent it and to nobody else, and only its owner is offered to send it.
package struct KeptForm: Sendable, Equatable {
    /// A field as the page repeats it.
    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }
    /// The path that it was sent to.
    let action: String
    /// As it was sent, percent-encoded.
    let body: String
    let person: ID<Account>

    /// The most that is kept, in bytes.
    static let limit = 16_384

    /// Nil for what is no form of a page of ours, for a broken one, and for one with a password in it.
    init?(action: String, body: String, person: ID<Account>) {
        guard LocalPath.allowed(action) == action, body.utf8.count <= Self.limit else { return nil }
        self.action = action
        self.body = body
        self.person = person
        guard let fields, !fields.contains(where: { Self.secrets.contains($0.name) }) else { return nil }
    }

    /// What a sign-in form brings along.
    init?(_ form: Form) {
        guard let action = form.optional("kept-action"), let body = form.optional("kept"),
            let person = form.optional("kept-person").flatMap(ID<Account>.init)
        else { return nil }
        self.init(action: action, body: body, person: person)
    }

    /// Nil where the body is broken.
    var fields: [Field]? {
        try? body.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return Field(
                name: try FormText.decoded(halves[0]), value: halves.count > 1 ? try FormText.decoded(halves[1]) : "")
        }
    }

    private static let secrets: Set<String> = ["password", "old", "again"]
}
