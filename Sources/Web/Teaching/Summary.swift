import Core
import Rendering

/// The sentences that answer the teacher's question: who is in, who is on the way, who needs her.
enum Summary {
    /// Everybody but the suspended.
    static func total(_ counts: StateCounts) -> Int { counts.total - counts[.suspended] }

    /// "12 of 28 are active. 11 need you: mail 5, print 6 cards."
    static func answer(_ counts: StateCounts, _ words: Words) -> String {
        guard total(counts) > 0 else { return words("There is nobody here yet.") }
        guard counts[StudentState.active] < total(counts) else { return words("Everybody is in.") }
        let active = words.plural(
            "{count} of {total} is active.", "{count} of {total} are active.", counts[StudentState.active],
            ["total": words.number(total(counts))])
        guard counts[.needsYou] > 0 else { return "\(active) \(words("Nobody needs you now."))" }
        let need = words.plural(
            "{count} needs you: {what}.", "{count} need you: {what}.", counts[.needsYou], ["what": steps(counts, words)]
        )
        return "\(active) \(need)"
    }

    /// "12 of your 28 students are active. 11 need you."
    static func everywhere(_ counts: StateCounts, _ words: Words) -> String {
        guard total(counts) > 0 else { return words("There is nobody here yet.") }
        guard counts[StudentState.active] < total(counts) else { return words("All of your students are active.") }
        let active = words.plural(
            "{count} of your {total} students is active.", "{count} of your {total} students are active.",
            counts[StudentState.active], ["total": words.number(total(counts))])
        return "\(active) \(need(counts, words))"
    }

    /// "8 of 19 are active. 7 need you."
    static func short(_ counts: StateCounts, _ words: Words) -> String {
        guard total(counts) > 0 else { return words("There is nobody here yet.") }
        guard counts[StudentState.active] < total(counts) else { return words("Everybody is in.") }
        let active = words.plural(
            "{count} of {total} is active.", "{count} of {total} are active.", counts[StudentState.active],
            ["total": words.number(total(counts))])
        return "\(active) \(need(counts, words))"
    }

    /// "8 active, 4 on the way, 7 need you"
    static func groups(_ counts: StateCounts, _ words: Words) -> String {
        [active(counts, words), onTheWay(counts, words), needYou(counts, words)].joined(separator: words(", "))
    }

    static func active(_ counts: StateCounts, _ words: Words) -> String {
        words.plural("{count} active", "{count} active", counts[StudentState.active])
    }

    static func onTheWay(_ counts: StateCounts, _ words: Words) -> String {
        words.plural("{count} on the way", "{count} on the way", counts[.onTheWay])
    }

    static func needYou(_ counts: StateCounts, _ words: Words) -> String {
        words.plural("{count} needs you", "{count} need you", counts[.needsYou])
    }

    static func students(_ count: Int, _ words: Words) -> String {
        words.plural("{count} student", "{count} students", count)
    }

    /// How many the teacher would mail: those never mailed and those whose way in ran out.
    static func toMail(_ counts: StateCounts) -> Int { counts[.notMailed] + counts[.ranOut] }

    /// How many need paper, since mail has not reached them.
    static func toPrint(_ counts: StateCounts) -> Int {
        counts[.noAddress] + counts[.bounced] + counts[.failed] + counts[.maybe]
    }

    private static func need(_ counts: StateCounts, _ words: Words) -> String {
        counts[.needsYou] == 0
            ? words("Nobody needs you now.")
            : words.plural("{count} needs you.", "{count} need you.", counts[.needsYou])
    }

    private static func steps(_ counts: StateCounts, _ words: Words) -> String {
        var steps: [String] = []
        if toMail(counts) > 0 { steps.append(words.plural("mail {count}", "mail {count}", toMail(counts))) }
        if toPrint(counts) > 0 {
            steps.append(words.plural("print {count} card", "print {count} cards", toPrint(counts)))
        }
        if counts[.locked] > 0 { steps.append(words.plural("unlock {count}", "unlock {count}", counts[.locked])) }
        return steps.joined(separator: words(", "))
    }
}
