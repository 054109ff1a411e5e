/// Something that was said on the line to a mail server, fit to be shown: secrets are blanked, control characters gone.
package enum ConversationLine: Sendable, Equatable {
    case ours(String)
    case theirs(String)
    /// What happened to the line itself.
    case note(String)

    /// A line as it was said, without what a terminal would take for a command.
    package static func cleaned(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { HeaderText.isForbidden($0) ? " " : $0 }))
    }
}
