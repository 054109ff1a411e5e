package import Storage

/// What mailing all Pending staff of a scope would do: nobody is left out in silence.
package struct StaffMailingPreview: Sendable, Equatable {
    package let mailed: Int
    package let noAddress: Int
    /// A mail to them is on its way already.
    package let underWay: Int
    /// Somebody said "This was not me", and nobody has settled it.
    package let disowned: Int
    /// The first who gets a mail; nil when nobody does.
    package let reader: MailingPreview.Person?
    /// The first of those without an address.
    package let withoutAddress: [StaffLine]
    package init(
        mailed: Int, noAddress: Int, underWay: Int, disowned: Int = 0, reader: MailingPreview.Person? = nil,
        withoutAddress: [StaffLine]
    ) {
        self.mailed = mailed
        self.noAddress = noAddress
        self.underWay = underWay
        self.disowned = disowned
        self.reader = reader
        self.withoutAddress = withoutAddress
    }
}

extension Connection {
    /// Counts whom a mail to all Pending staff would reach now, and names the first `naming` without an address.
    package func previewStaffMailing(
        by administrator: Administrator, naming limit: Int = 50, at now: Timestamp
    ) throws -> StaffMailingPreview {
        var counts: [String: Int] = [:]
        try forEachRow(
            """
            SELECT coalesce(\(SQL.staffSkip(at: now)), CASE WHEN a.disowned_at IS NULL THEN '' ELSE 'disowned' END) AS skip,
              count(*) AS number FROM account a
            WHERE a.kind = 'staff' AND a.active_at IS NULL AND a.suspended_at IS NULL AND \(administrator.sees)
            GROUP BY 1
            """
        ) { row in counts[try row["skip"]] = try row["number"] }
        return StaffMailingPreview(
            mailed: counts[""] ?? 0, noAddress: counts["noAddress"] ?? 0, underWay: counts["recent"] ?? 0,
            disowned: counts["disowned"] ?? 0,
            reader: counts[""] == nil ? nil : try firstToInvite(by: administrator, at: now),
            withoutAddress: counts["noAddress"] == nil || limit == 0
                ? []
                : try staff(of: administrator, filter: StaffFilter(state: .pending, hasNoAddress: true), limit: limit)
                    .lines)
    }
}
