/// What a driver says went wrong, as far as callers tell apart.
package enum StorageError: Error, Sendable, Equatable {
    /// A uniqueness rule was broken; `constraint` names the table and columns.
    case notUnique(constraint: String)
    /// The database did not take the change: disk full, read-only, I/O error, too busy. Nothing was done.
    case unavailable(String)
    /// There is no way to the database now, or no server that takes writes. Nothing was done.
    case away(String)
    /// The line broke while a commit was under way: it may have been done, or not. It must not be repeated unseen.
    case commitUnknown
    /// A text holds U+0000, which no text of the database can.
    case unstorable

    /// The way to the database broke: the same may work when there is one again.
    package var isOfTheLine: Bool {
        switch self {
        case .away, .commitUnknown: true
        case .notUnique, .unavailable, .unstorable: false
        }
    }
}
