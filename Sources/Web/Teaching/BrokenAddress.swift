/// An email address in two parts, so that a narrow column breaks it where a reader would.
struct BrokenAddress: Sendable, Equatable {
    /// Up to the last `@`, which is left out.
    let mailbox: String
    /// The rest with its `@`.
    let place: String

    init(_ address: String) {
        let at = address.unicodeScalars.lastIndex(of: "@") ?? address.endIndex
        mailbox = String(address[..<at])
        place = String(address[at...])
    }
}
