/// How a person's name stands on pages.
package enum PersonName {
    /// Given name first; either part may be empty.
    package static func shown(given: String, family: String) -> String {
        if given.isEmpty { return family }
        return family.isEmpty ? given : "\(given) \(family)"
    }
}
