import Core
import Rendering

extension RosterSyncLine {
    /// Who gave the roster, or what.
    func maker(_ words: Words) -> String {
        madeBy.map(words.person) ?? (isPulled ? words("the roster service") : words("the command line"))
    }

    /// The plain state of a sync; a ready plan that holds schools says so first.
    func badge(_ words: Words) -> AdminBadge {
        switch state {
        case .reading: AdminBadge(style: "is-card", icon: "clock", word: words("Reading"))
        case .ready where heldSchools > 0:
            AdminBadge(
                style: "is-bounced", icon: "hold",
                word: words.plural("{count} school held", "{count} schools held", heldSchools))
        case .ready: AdminBadge(style: "is-mailed", icon: "clock", word: words("Ready"))
        case .applying: AdminBadge(style: "is-card", icon: "again", word: words("Applying"))
        case .applied: AdminBadge(style: "is-active", icon: "active", word: words("Applied"))
        case .refused: AdminBadge(style: "is-bounced", icon: "warn", word: words("Refused"))
        case .discarded: AdminBadge(style: "is-maybe", icon: "maybe", word: words("Thrown away"))
        }
    }
}

extension RosterChangeCounts {
    /// "4 new, 11 changed, 212 leaving, 1 back"; nil where nothing changes.
    func summary(_ words: Words) -> String? {
        var parts: [String] = []
        if new > 0 { parts.append(words.plural("{count} new", "{count} new", new)) }
        if changed > 0 { parts.append(words.plural("{count} changed", "{count} changed", changed)) }
        if leaving > 0 { parts.append(words.plural("{count} leaving", "{count} leaving", leaving)) }
        if back > 0 { parts.append(words.plural("{count} back", "{count} back", back)) }
        return parts.isEmpty ? nil : parts.joined(separator: words(", "))
    }
}

extension RosterPlanSchool {
    /// The school's name, or of people without any what stands in its place.
    func shownName(_ words: Words) -> String { key == Self.withoutSchool ? words("No school") : name }

    /// The same within a sentence.
    func nameInSentence(_ words: Words) -> String {
        key == Self.withoutSchool ? words("the list of people without a school") : name
    }
}

extension Words {
    /// Why a roster is not begun: `RosterSyncRefused.busy`.
    var anotherRosterIsUnderWay: String {
        let words = self
        return words("Another roster is being read or applied. Wait until it is done, then try again.")
    }
}
