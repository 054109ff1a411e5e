import Core

/// Two lengths of time as settings write them: `30m 8h`, without a request and in all.
enum SessionSpans {
    /// Throws a `Refusal` for what cannot be read, and for less than 5 minutes or more than a day.
    static func limit(
        _ name: String, _ text: String?, _ usual: SessionLimits.Limit
    ) throws -> SessionLimits.Limit {
        guard let text else { return usual }
        let minutes = text.split(separator: " ").map(minutes)
        guard minutes.count == 2, let idle = minutes[0], let whole = minutes[1], idle >= 5, idle <= whole,
            whole <= 1_440
        else {
            throw Refusal(
                """
                \(name) is \(text). Write how long one stays signed in without a request and in all, as \(Self.text(usual)): \
                at least 5m, at most 24h.
                """)
        }
        return SessionLimits.Limit(idle: .minutes(idle), whole: .minutes(whole))
    }

    static func text(_ limit: SessionLimits.Limit) -> String { "\(text(limit.idle)) \(text(limit.whole))" }

    private static func text(_ span: Span) -> String {
        let minutes = span.milliseconds / 60_000
        return minutes.isMultiple(of: 60) ? "\(minutes / 60)h" : "\(minutes)m"
    }

    private static func minutes(_ text: Substring) -> Int? {
        guard let number = Int(text.dropLast()), number > 0, number <= 1_440 else { return nil }
        switch text.last {
        case "m": return number
        case "h": return 60 * number
        default: return nil
        }
    }
}
