import Core
import Rendering

/// The parts of a mailing's page that have changed, each an element with its id, drawn by the templates of the page.
struct MailingNews: Page {
    static let template = "mailings/news"

    var statusOf: MailingPage?
    var steeringOf: MailingPage?
    var skippedOf: MailingPage?
    var boardOf: MailingPage?
    var rows: [MailRow] = []
    let here: String

    var isEmpty: Bool {
        statusOf == nil && steeringOf == nil && skippedOf == nil && boardOf == nil && rows.isEmpty
    }
}

/// What a page shows already, so that only the rest is sent.
struct MailingShown: Sendable {
    /// Mails that had changed before then were drawn with the page.
    let drawnAt: Timestamp
    private var status: MailingStatus?
    private var steering: [String] = []
    private var skipped: MailingPreview?
    private var fates: [ID<OutgoingMail>: MailFate]?
    private var stop: MailingStop?
    private var mails: [ID<OutgoingMail>] = []
    private var boardAt: ContinuousClock.Instant?

    init(drawnAt: Timestamp) { self.drawnAt = drawnAt }

    /// What is new, which counts as shown from here on. The order of a long board follows at most every five seconds.
    mutating func news(of report: MailingReport, isPaged: Bool, mint: IDMint, visit: Visit) -> MailingNews {
        let page = MailingPage(report: report, mint: mint, visit: visit)
        var news = MailingNews(here: page.here)
        if status != page.status { news.statusOf = page }
        if steering != page.steering.kind { news.steeringOf = page }
        if let skipped, skipped != report.skipped { news.skippedOf = page }
        let changed = report.mails.enumerated().filter { _, fate in
            guard let fates else { return fate.at.milliseconds >= drawnAt.milliseconds - 2_000 }
            // Who stopped a mailing stands in its rows.
            return fates[fate.id] != fate || fate.state == .cancelled && stop?.at != report.stop?.at
        }.map(\.offset)
        let now = ContinuousClock.now
        if isPaged, mails != report.mails.map(\.id), !(boardAt.map { now < $0 + .seconds(5) } ?? false) {
            news.boardOf = page
            boardAt = now
            mails = report.mails.map(\.id)
        } else {
            news.rows = changed.map { page.rows[$0] }
        }
        (status, steering, skipped, stop) = (page.status, page.steering.kind, report.skipped, report.stop)
        fates = Dictionary(uniqueKeysWithValues: report.mails.map { ($0.id, $0) })
        return news
    }
}
