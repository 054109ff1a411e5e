/// A letter whose words a district may change. Raw values are stored.
package enum MailLetter: String, Sendable, CaseIterable {
    case studentActivation = "activation-student"
    case staffActivation = "activation-staff"
    /// To somebody who has forgotten the own password.
    case studentRenewal = "renewal-student"
    case staffRenewal = "renewal-staff"

    /// The letter of a mail to somebody; nil for notices, whose words are FirstBell's alone.
    package init?(_ kind: MailKind, to reader: AccountKind) {
        switch (kind, reader) {
        case (.activation, .student): self = .studentActivation
        case (.activation, .staff): self = .staffActivation
        case (.renewal, .student): self = .studentRenewal
        case (.renewal, .staff): self = .staffRenewal
        case (.notice, _): return nil
        }
    }

    /// Who reads it.
    package var reader: AccountKind {
        switch self {
        case .studentActivation, .studentRenewal: .student
        case .staffActivation, .staffRenewal: .staff
        }
    }

    /// True where a person presses Send and so is the sender.
    package var isPressed: Bool { self == .studentActivation || self == .staffActivation }
}

/// What a district's words may name, as `{given_name}`: filled in when the mail is made. There is no other.
package enum MailPlaceholder: String, Sendable, CaseIterable {
    case givenName = "given_name"
    case username
    /// The reader's school; the district of somebody without one.
    case school
    case district
    /// Who pressed Send; the school where nobody did.
    case sender
    /// Until when the link works.
    case linkEnds = "link_ends"

    /// As it is written in a text.
    package var text: String { "{\(rawValue)}" }
}
