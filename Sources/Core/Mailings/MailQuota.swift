package import Storage

/// How many mails the mail server is handed at most, by all servers of this district together.
///
/// A tenth, at least one, is kept for mails to a single person: a mailing of thousands does not use up what a teacher needs
/// who sends one mail again.
package struct MailQuota: Sendable, Equatable {
    /// In any 60 seconds; nil for no limit.
    package var perMinute: Int?
    /// In any 24 hours; nil for no limit.
    package var perDay: Int?

    package init(perMinute: Int? = nil, perDay: Int? = nil) {
        self.perMinute = perMinute
        self.perDay = perDay
    }

    /// How much of a limit mailings may use.
    package static func share(of limit: Int) -> Int { limit < 2 ? limit : limit - max(1, limit / 10) }

    /// The time between two mails of mailings at which a minute's share is spread over the minute; nil without a limit.
    package var pace: Span? {
        perMinute.map { Span(milliseconds: 60_000 / Int64(max(1, Self.share(of: $0)))) }
    }
}

/// What may leave now.
package enum MailAllowance: Sendable, Equatable {
    case everything
    /// Only mails to single persons; others from then on.
    case singles(until: Timestamp)
    case nothing(until: Timestamp)

    /// When more may leave; nil when all may.
    package var until: Timestamp? {
        switch self {
        case .everything: nil
        case .singles(let until), .nothing(let until): until
        }
    }
}

extension Connection {
    /// What may leave now: counted are mails that were handed over and those in hand. To be asked in the transaction of the
    /// claim, so that in no window more leave than the quota says.
    package func allowance(of quota: MailQuota, at now: Timestamp) throws -> MailAllowance {
        let limits = [(quota.perMinute, Span.minutes(1)), (quota.perDay, Span.days(1))]
            .compactMap { limit, window in limit.map { ($0, window) } }
        if limits.isEmpty { return .everything }
        // The list is the index's: what is under way is few.
        let inHand: Int =
            try value(
                """
                SELECT count(*) AS value FROM mail WHERE state IN ('sending', 'in_data', 'held') AND state = 'sending'
                """) ?? 0
        var allowance = MailAllowance.everything
        for (limit, window) in limits {
            if let until = try end(of: limit, in: window, inHand: inHand, at: now) {
                allowance = .nothing(until: max(until, allowance.until ?? until))
            } else if let until = try end(of: MailQuota.share(of: limit), in: window, inHand: inHand, at: now) {
                if case .nothing = allowance { continue }
                allowance = .singles(until: max(until, allowance.until ?? until))
            }
        }
        return allowance
    }

    /// When a limit that is reached lets the next one through; nil when it is not reached.
    private func end(of limit: Int, in window: Span, inHand: Int, at now: Timestamp) throws -> Timestamp? {
        guard inHand < limit else { return now + .seconds(1) }
        let oldest: Timestamp? = try value(
            """
            SELECT handed_at AS value FROM mail WHERE handed_at > \(now - window)
            ORDER BY handed_at DESC LIMIT 1 OFFSET \(limit - 1 - inHand)
            """)
        return oldest.map { $0 + window }
    }
}
