package import Foundation

/// A day in the district's time zone, with the day up to which coming trackers are shown (design section 3).
package struct SchoolDay: Sendable, Equatable {
    /// `YYYY-MM-DD`.
    package let today: String
    /// 14 days later: a tracker that begins by then is visible already.
    package let soon: String

    package init(_ now: Timestamp, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        today = Self.text(now.date, calendar)
        soon = Self.text(calendar.date(byAdding: .day, value: 14, to: now.date) ?? now.date, calendar)
    }

    /// The last `count` days up to today as `YYYY-MM-DD`, the oldest first.
    package static func last(_ count: Int, before now: Timestamp, in zone: TimeZone) -> [String] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return (0..<count).reversed().map { back in
            text(calendar.date(byAdding: .day, value: -back, to: now.date) ?? now.date, calendar)
        }
    }

    private static func text(_ date: Date, _ calendar: Calendar) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        func padded(_ number: Int?, _ width: Int) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }
}

/// A teacher who asks, on the day of asking: what is found is found through this value.
package struct Teacher: Sendable, Equatable {
    package let id: ID<Account>
    package let day: SchoolDay
    package init(id: ID<Account>, day: SchoolDay) {
        self.id = id
        self.day = day
    }
}
