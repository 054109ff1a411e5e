package import Foundation
package import Storage

/// A roster that was read from the service, as the schedule sees it.
package struct PulledRoster: Sendable, Equatable {
    package let id: ID<RosterSync>
    package let pull: RosterPull
    package let madeAt: Timestamp
    /// False where it was refused, or has not ended yet.
    package let isRead: Bool
    package init(id: ID<RosterSync>, pull: RosterPull, madeAt: Timestamp, isRead: Bool) {
        (self.id, self.pull, self.madeAt, self.isRead) = (id, pull, madeAt, isRead)
    }
}

/// When rosters are read from the service: all each night, and what has changed within the day.
package struct RosterSchedule: Sendable {
    package let service: RosterService
    /// When the service was saved: only nights after it count, so that a person looks at the first roster.
    let savedAt: Timestamp
    let zone: TimeZone

    package init(_ service: RosterService, savedAt: Timestamp, in zone: TimeZone) {
        self.service = service
        self.savedAt = savedAt
        self.zone = zone
    }

    /// After a night's reading failed it is tried again so often, each time after a longer while.
    private static let nightlyTries = 5
    private static let firstWait = Span.minutes(10)

    /// What is to be read now; nil for nothing. `past` has the newest first, at least those of two days.
    package func due(at now: Timestamp, after past: [PulledRoster]) -> RosterPull? {
        if isWholeDue(now, past) { return .whole }
        return changesDue(after: past).map { $0 <= now } == true ? .changes : nil
    }

    /// The next moment at which something is read if all goes well; nil for never.
    package func next(after now: Timestamp, _ past: [PulledRoster]) -> Timestamp? {
        if due(at: now, after: past) != nil { return now }
        let night = service.nightlyAt.flatMap { nightly($0, from: now, .forward) }
        return [night, changesDue(after: past)].compactMap(\.self).min()
    }

    /// When changes are read next; nil for never, and while there is nothing to add them to.
    private func changesDue(after past: [PulledRoster]) -> Timestamp? {
        guard let every = service.changesEvery, let newest = past.first, past.contains(where: isOfNow) else {
            return nil
        }
        return newest.madeAt + .minutes(every)
    }

    /// Whether it was read from where the service is now: only to such a roster changes are added.
    private func isOfNow(_ roster: PulledRoster) -> Bool { roster.isRead && roster.madeAt > savedAt }

    private func isWholeDue(_ now: Timestamp, _ past: [PulledRoster]) -> Bool {
        guard let minutes = service.nightlyAt, let night = nightly(minutes, from: now, .backward), night > savedAt
        else { return false }
        let since = past.filter { $0.pull == .whole && $0.madeAt >= night }
        guard let last = since.first else { return true }
        guard !since.contains(where: \.isRead), since.count < Self.nightlyTries else { return false }
        let wait = Self.firstWait.milliseconds << (since.count - 1)
        return last.madeAt + Span(milliseconds: wait) <= now
    }

    /// The last moment of that time of day up to now, or the first after it. A time that a day leaves out is the next there is.
    private func nightly(_ minutes: Int, from now: Timestamp, _ direction: Calendar.SearchDirection) -> Timestamp? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let time = DateComponents(hour: minutes / 60, minute: minutes % 60, second: 0)
        // Of the moment itself it is told as of the past.
        let from = direction == .backward ? now.date.addingTimeInterval(1) : now.date
        return calendar.nextDate(
            after: from, matching: time, matchingPolicy: .nextTime, repeatedTimePolicy: .first, direction: direction
        ).map { Timestamp(milliseconds: Int64(($0.timeIntervalSince1970 * 1_000).rounded())) }
    }
}

extension Connection {
    /// When the district's service is read; nil where rosters come as files alone.
    package func rosterSchedule(in zone: TimeZone) throws -> RosterSchedule? {
        try rows("SELECT \(RosterService.columns), saved_at FROM roster_service").first.map { row in
            RosterSchedule(try RosterService(row: row), savedAt: try row["saved_at"], in: zone)
        }
    }

    /// Rosters that were read from the service, the newest first.
    package func pulledRosters(limit: Int = 64) throws -> [PulledRoster] {
        try rows(
            """
            SELECT id, pulled, made_at, state FROM roster_plan WHERE pulled IS NOT NULL ORDER BY id DESC LIMIT \(limit)
            """
        ).map { row in
            PulledRoster(
                id: try row["id"], pull: RosterPull(rawValue: try row["pulled"]) ?? .whole, madeAt: try row["made_at"],
                isRead: try !["refused", "reading"].contains(row.text("state") ?? ""))
        }
    }
}
