package import Storage

/// How much mail the mail server was handed in the last 24 hours.
package struct MailVolume: Sendable, Equatable {
    /// So many a day to one provider, and it wants SPF, DKIM and DMARC from then on; a good deal below, there is time left.
    package static let warning = 4_000

    package let total: Int
    /// The domain that most of it went to, and how many.
    package let busiest: Busiest?

    package struct Busiest: Sendable, Equatable {
        package let domain: String
        package let count: Int
        package init(domain: String, count: Int) {
            self.domain = domain
            self.count = count
        }
    }

    package init(total: Int, busiest: Busiest?) {
        self.total = total
        self.busiest = busiest
    }

    /// True when a provider is near the number from which on it asks for more.
    package var isLarge: Bool { (busiest?.count ?? 0) >= Self.warning }

    /// True when nine tenths of what a day may have are used up.
    package func isNearly(_ perDay: Int?) -> Bool { perDay.map { total * 10 >= $0 * 9 } ?? false }
}

extension Connection {
    /// What left in the 24 hours before `now`.
    package func mailVolume(at now: Timestamp) throws -> MailVolume {
        var counts: [String: Int] = [:]
        var total = 0
        try forEachRow("SELECT address FROM mail WHERE handed_at > \(now - .days(1))") { row in
            total += 1
            let address: String? = try row["address"]
            guard let domain = address?.unicodeScalars.split(separator: "@").last else { return }
            counts[String(domain).lowercased(), default: 0] += 1
        }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return MailVolume(total: total, busiest: most.map { MailVolume.Busiest(domain: $0.key, count: $0.value) })
    }
}
