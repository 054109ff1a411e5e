/// Changed facts as one text of the staging database: parts end in the separators that no roster's text may hold.
enum RosterFactText {
    static func text(_ changes: [RosterFactChange]) -> String {
        changes.map { "\($0.fact.rawValue)\u{1f}\($0.before)\u{1f}\($0.after)" }.joined(separator: "\u{1e}")
    }

    static func changes(_ text: String) -> [RosterFactChange] {
        text.unicodeScalars.split(separator: "\u{1e}").compactMap { part in
            let parts = part.split(separator: "\u{1f}", omittingEmptySubsequences: false).map { String($0) }
            guard parts.count == 3, let fact = RosterFactChange.Fact(rawValue: parts[0]) else { return nil }
            return RosterFactChange(fact: fact, before: parts[1], after: parts[2])
        }
    }
}
