import Core
import Rendering

/// Problems of one kind with the first places where they are.
struct RosterProblemList {
    struct Place {
        let place: String
        let value: String?
    }
    let count: String
    let reason: String
    let places: [Place]
    let rest: String?

    init(_ group: RosterProblemGroup, _ words: Words) {
        let value = group.count == 1 ? group.first.first?.value : nil
        count = words.plural("{count} row", "{count} rows", group.count)
        let sentence = words.message(group.reason, ["value": value ?? "…"])
        // Where the value only follows a colon, several rows are said without it: their values stand with the places.
        reason = value == nil ? sentence.replacing(": ….", with: ".") : sentence
        places = group.first.map { Place(place: $0.place.text(words), value: $0.value.isEmpty ? nil : $0.value) }
        let hidden = group.count - group.first.count
        rest = hidden > 0 ? words.plural("and {count} more", "and {count} more", hidden) : nil
    }
}
