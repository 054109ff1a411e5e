import Rendering

/// In how many browsers somebody is signed in.
struct OpenSessions {
    let sentence: String
    let hasOthers: Bool

    /// `others` counts the browsers beside this one.
    init(others: Int, _ words: Words) {
        hasOthers = others > 0
        sentence =
            hasOthers
            ? words.plural(
                "You are signed in here and in {count} other browser.",
                "You are signed in here and in {count} other browsers.", others)
            : words("You are signed in only here.")
    }
}
