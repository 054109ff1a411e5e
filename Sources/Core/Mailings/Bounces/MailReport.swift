/// What a report that came back says of a mail (RFC 3464: its action, not the class of its status).
package enum MailReport: Sendable, Equatable {
    /// It will not arrive. The reason is in the words of whoever reports; nil when there are none.
    case failed(BounceKind, reason: String?)
    /// It is still being tried.
    case delayed
    /// It was passed on.
    case arrived
}

/// What a bounce is about; raw values are stored.
package enum BounceKind: String, Sendable, CaseIterable {
    /// There is no such address.
    case address
    /// Trouble that may pass: a full mailbox, a server that could not be reached.
    case soft
    /// A refusal of this mail, by policy, size or for a reason that nobody gave.
    case refused

    /// So many soft ones in that time, and the address is taken for a bad one.
    static let patience = 5
    static let memory = Span.days(30)
}

/// What became of a report.
package enum ReportOutcome: String, Sendable, Equatable {
    /// It carries no return address that we made for a mail that is there: nothing was changed.
    case foreign
    /// It is about a mail of ours, and says nothing new.
    case unchanged
    /// A mail that was maybe sent is accepted.
    case settled
    /// A mail came back.
    case bounced
}
