/// Why nothing was done about a roster sync. Nothing was changed.
package enum RosterSyncRefused: Error, Sendable, Equatable {
    /// Another roster is being read or applied.
    case busy
    /// There is no such plan, or no such school in it.
    case notFound
    /// The plan has been applied, has lapsed or was refused.
    case notReady
    /// The whole plan waits until an administrator confirms it: far too much would vanish.
    case waiting
    /// Another process goes on with the applying.
    case takenOver
}
