/// Who a mail is from, as its reader knows them: teacher and school, or school and district.
package struct LetterSender: Sendable, Equatable {
    package let name: String
    /// Empty where the name says all.
    package let place: String
    /// False where no person pressed Send: then the name is a school's.
    package let isPerson: Bool
    /// What the school has set to stand below its mails; empty where it has set nothing.
    package let signature: [String]

    package init(name: String, place: String, isPerson: Bool = true, signature: [String] = []) {
        self.name = name
        self.place = place
        self.isPerson = isPerson
        self.signature = signature
    }

    var parts: [String] { [name, place].filter { !$0.isEmpty } }

    /// The lines below the mail: a person signs by name, whatever the school has set.
    package var lines: [String] {
        if signature.isEmpty { return parts }
        return (isPerson && !name.isEmpty ? [name] : []) + signature
    }
}
