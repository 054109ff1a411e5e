package import Foundation

extension Timestamp {
    /// The first moment of a day `YYYY-MM-DD` in a time zone, `later` days on; nil for what is no day of the calendar.
    package init?(startOf day: String, later: Int = 0, in zone: TimeZone) {
        let bytes = Array(day.utf8)
        let isDay =
            bytes.count == 10
            && bytes.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (48...57).contains(byte)
            }
        guard isDay, let year = Int(day.prefix(4)), let month = Int(day.dropFirst(5).prefix(2)),
            let number = Int(day.suffix(2)), year >= 1970
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(year: year, month: month, day: number)
        // A day that the month does not have would be counted on into the next.
        guard let date = calendar.date(from: parts), SchoolDay(Timestamp(date), in: zone).today == day,
            let moved = calendar.date(byAdding: .day, value: later, to: date)
        else { return nil }
        self.init(calendar.startOfDay(for: moved))
    }
}
