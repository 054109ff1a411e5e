package import Core

/// How it goes with the mail, as an administrator sees it.
package struct PostmanStatus: Sendable, Equatable {
    package var isRunning = false
    package var hasServer: Bool
    /// Why no mail leaves at present, in the mail server's words or ours; nil when all is well.
    package var complaint: String?
    /// When the trouble began.
    package var troubledSince: Timestamp?
    /// When the mail server is tried again after a complaint.
    package var nextTryAt: Timestamp?
    package var lastAcceptedAt: Timestamp?
    /// Lines to the mail server that may be open at the same time at present.
    package var lines = 1
}
