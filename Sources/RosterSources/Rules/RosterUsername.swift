/// A username as the student system made it.
enum RosterUsername {
    /// As sent when it has 1 to 128 printable characters and no blank; else empty, with a note.
    static func checked(_ text: String, notes: inout [RowNote]) -> String {
        if text.utf8.count <= 128, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) { return text }
        let scalars = text.unicodeScalars
        if scalars.count <= 128, scalars.allSatisfy({ $0.isPrintable && !$0.properties.isWhitespace }) { return text }
        notes.append(
            RowNote(reason: "The username {value} cannot be used: it is too long or has a blank in it.", value: text))
        return ""
    }
}
