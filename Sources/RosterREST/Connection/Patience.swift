import Core
import Foundation

/// How long to wait before a page is asked for again.
struct Patience {
    /// However long a server wants us to wait.
    static let longest = Duration.seconds(600)

    /// What the server says, as seconds or as a date (RFC 9110 10.2.3); else 1, 2, 4, 8 … s, half of it more or less.
    static func wait(after attempt: Int, retryAfter: String?, now: Timestamp, random: Double) -> Duration {
        if let retryAfter, let asked = seconds(retryAfter, now: now) { return min(.seconds(asked), longest) }
        return min(.seconds(Double(1 << min(attempt, 16)) * (0.5 + random)), longest)
    }

    private static func seconds(_ text: String, now: Timestamp) -> Double? {
        if let seconds = Double(text), seconds.isFinite { return min(max(seconds, 0), 1e6) }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text).map { max($0.timeIntervalSince(now.date), 0) }
    }
}
