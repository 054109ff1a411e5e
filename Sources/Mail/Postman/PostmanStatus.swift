package import Core

/// How it goes with the mail, as an administrator sees it.
package struct PostmanStatus: Sendable, Equatable {
    package var isRunning = false
    package var hasServer: Bool
    /// Why no mail leaves at present, in the mail server's words or ours; nil when all is well.
    package var complaint: String?
    /// When the mail server is tried again after a complaint.
    package var nextTryAt: Timestamp?
    package var lastAcceptedAt: Timestamp?
}
