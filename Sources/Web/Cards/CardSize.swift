/// How large the cards of a sheet are.
package enum CardSize: String, Sendable, CaseIterable {
    /// Eight on a page of A4 or Letter.
    case usual
    /// Four on a page, for eyes that need more.
    case large
}
