/// What a driver says went wrong, as far as callers tell apart.
package enum StorageError: Error, Sendable, Equatable {
    /// A uniqueness rule was broken; `constraint` names the table and columns.
    case notUnique(constraint: String)
    /// The database did not take the change: disk full, read-only, I/O error, too busy. Nothing was done.
    case unavailable(String)
}
