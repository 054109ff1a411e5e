import Core

/// A mail address as a roster gives it.
enum RosterAddress {
    /// As sent; nil for none, and nil with a note for one that no mail can go to.
    static func checked(_ text: String, notes: inout [RowNote]) -> String? {
        guard !text.isEmpty else { return nil }
        if AddressFault.of(text) == nil { return text }
        notes.append(RowNote(reason: "{value} is not a mail address; the person was taken without it.", value: text))
        return nil
    }
}
