/// How far a pull has come.
package struct OneRosterProgress: Sendable, Equatable {
    /// The collection in hand, such as `users`.
    package let collection: String
    package let rowsRead: Int
    /// By the server's word, where it gives one.
    package let rowsInAll: Int?
}
