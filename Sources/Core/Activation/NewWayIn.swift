package import Storage

/// "Send me a new one", pressed where a link or card opens nothing any more: a mail to the address on file, or, without one, a
/// word to the teachers. What is answered never depends on what was found.
package struct NewWayIn: Sendable {
    /// What the pressed page stands for; nil for everything that is no token of ours.
    let way: Activation.Way?
    /// Whom the request came from; nil when nobody can say.
    let client: String?
    let mint: IDMint
    let now: Timestamp

    package init(way: Activation.Way?, client: String?, mint: IDMint, now: Timestamp) {
        self.way = way
        self.client = client
        self.mint = mint
        self.now = now
    }
}

extension Connection {
    /// Queues the mail, or notes the request. False when this client has asked more often than a whole school would: then
    /// nothing is done. It shares its limits with "Forgot your password?".
    package func ask(_ new: NewWayIn) throws -> Bool {
        let now = new.now
        guard try claim(.forgottenPassword(from: new.client ?? ""), at: now) else { return false }
        guard let person = try new.way.flatMap(owner(of:)) else {
            _ = try claim(.forgottenPassword(ofNobodyNamed: ""), at: now)
            return true
        }
        var mint = new.mint
        try mail(forgetful(where: "a.id = \(person)"), mint: &mint, at: now)
        try askTeachers(for: person, entry: mint.next(), at: now)
        return true
    }

    /// Whoever a link or card was made for, whether it still opens or not.
    private func owner(of way: Activation.Way) throws -> ID<Account>? {
        switch way {
        case .link(let link): try value("SELECT account_id AS value FROM activation_link WHERE id = \(link)")
        case .card(_, let credential), .credential(let credential):
            try value("SELECT account_id AS value FROM credential WHERE id = \(credential)")
        }
    }

    /// Notes that a student waits to whom nothing can be mailed.
    private func askTeachers(for student: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp) throws {
        let cannotBeMailed: SQL = """
            kind = 'student' AND active_at IS NULL AND suspended_at IS NULL AND (address IS NULL OR address_is_bad)
            """
        guard try exists("SELECT id FROM account WHERE id = \(student) AND \(cannotBeMailed)"),
            try claim(.forgottenPassword(of: student), at: now)
        else { return }
        try execute("UPDATE account SET asked_at = \(now) WHERE id = \(student)")
        try record(.newWayAsked, by: nil, subject: student, id: entry, at: now)
    }
}
