package import Storage

/// By what one sees cheaply that something happened to a mailing.
package struct MailingPulse: Sendable, Equatable {
    var counts: [MailState: Int] = [:]
    let isQueueing: Bool
    let isMoving: Bool
    let pausedAt: Timestamp?
    let cancelledAt: Timestamp?
}

extension Connection {
    /// The pulses of some mailings. Rights play no part: nothing of it is shown.
    package func pulses(of mailings: [ID<Mailing>]) throws -> [ID<Mailing>: MailingPulse] {
        var pulses: [ID<Mailing>: MailingPulse] = [:]
        for some in SQL.lists(mailings.map(\.description)) {
            try forEachRow(
                "SELECT id, is_queueing, is_moving, paused_at, cancelled_at FROM mailing WHERE id IN \(some)"
            ) { row in
                pulses[try row["id"]] = MailingPulse(
                    isQueueing: try row["is_queueing"], isMoving: try row["is_moving"], pausedAt: try row["paused_at"],
                    cancelledAt: try row["cancelled_at"])
            }
            try forEachRow(
                "SELECT mailing_id, state, count(*) AS number FROM mail WHERE mailing_id IN \(some) GROUP BY 1, 2"
            ) { row in
                let mailing: ID<Mailing> = try row["mailing_id"]
                pulses[mailing]?.counts[try row["state"]] = try row["number"]
            }
        }
        return pulses
    }
}
