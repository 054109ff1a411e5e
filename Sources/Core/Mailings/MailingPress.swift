/// What can be done with a mailing once Send was pressed. Undo is Cancel while nothing has left.
package enum MailingWish: String, Sendable, CaseIterable {
    case pause, resume, cancel

    var audit: AuditAct {
        switch self {
        case .pause: .mailingPaused
        case .resume: .mailingResumed
        case .cancel: .mailingCancelled
        }
    }
}

/// A press of Pause, Resume, Cancel or Undo; made outside the transaction, which may run twice.
package struct MailingPress: Sendable {
    package let wish: MailingWish
    /// Made with the form, so that pressing again finds what was done.
    package let act: ID<Act>
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(_ wish: MailingWish, act: ID<Act>, entry: ID<AuditEntry>, at now: Timestamp) {
        self.wish = wish
        self.act = act
        self.entry = entry
        self.now = now
    }
}

/// That a mailing is paused or was cancelled, as its page tells it.
package struct MailingStop: Sendable, Equatable {
    package let isCancelled: Bool
    package let at: Timestamp
    /// Who pressed; empty for somebody who was erased.
    package let by: String
    package let isMine: Bool
    /// True while its mails are still being stopped, in short steps.
    package let isUnderWay: Bool
    /// How many mails were stopped by hand.
    package let stopped: Int
    /// How many were counted at Send and had not even been put in line.
    package let leftOut: Int
    package init(
        isCancelled: Bool, at: Timestamp, by: String, isMine: Bool, isUnderWay: Bool = false, stopped: Int = 0,
        leftOut: Int = 0
    ) {
        self.isCancelled = isCancelled
        self.at = at
        self.by = by
        self.isMine = isMine
        self.isUnderWay = isUnderWay
        self.stopped = stopped
        self.leftOut = leftOut
    }
}

extension Mailing {
    /// How long the mails of a press for several wait, so that it can be undone.
    package static let undo = Span.seconds(10)
}
