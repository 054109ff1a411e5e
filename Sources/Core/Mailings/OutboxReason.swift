/// Why a mail is where it is, where the words are ours; anything else in `mail.reason` is what a mail server said.
package enum MailReason: String, Sendable, CaseIterable {
    /// Cancelled: the person has chosen a password.
    case active
    /// Cancelled: the person is suspended.
    case suspended
    /// Cancelled: the person has no address.
    case noAddress
    /// Cancelled: the forgotten password does not count any more; another mail or a card leads in.
    case reset
    /// Cancelled: it was asked for before somebody said "This was not me".
    case disowned
    /// Cancelled: somebody cancelled or undid the mailing before it left.
    case stopped
    /// Failed: the address cannot be one.
    case badAddress
    /// Held: no mail server is set.
    case noServer
    /// Held: somebody has paused the mailing.
    case paused
    /// Held: it stood in a backup that was brought back; nobody knows whether it had been sent.
    case restored
    /// Maybe sent: FirstBell ended while the mail server was taking it.
    case interrupted
    /// Deferred or maybe sent: the line broke, or the mail server did not answer in time.
    case lineLost
}
