package import Storage

extension Connection {
    /// How many mails of the outbox are in each state.
    package func mailCounts() throws -> [MailState: Int] {
        var counts: [MailState: Int] = [:]
        try forEachRow("SELECT state, count(*) AS number FROM mail GROUP BY state") { row in
            counts[try row["state"]] = try row["number"]
        }
        return counts
    }

    /// When a mail server last accepted a mail; nil when none ever did.
    package func lastAcceptedMail() throws -> Timestamp? {
        try value("SELECT max(state_at) AS value FROM mail WHERE state = 'accepted'")
    }
}
