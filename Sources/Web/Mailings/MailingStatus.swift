import Core
import Rendering

/// How far a mailing is, in numbers and in words.
struct MailingStatus: Sendable, Equatable {
    let sentence: String
    let hasMails: Bool
    /// False where nothing has left and nothing will: a full bar would say otherwise.
    let hasProgress: Bool
    let total: Int
    let settled: Int
    let progress: String
    /// What was done with it, and how far a large one is queued.
    let notes: [String]
    /// What happens next: by itself, or by whoever looks.
    let advice: String
    /// True while something may still change by itself, or by a press on this page.
    let isLive: Bool
    /// True while it changes from one moment to the next.
    let isMoving: Bool

    init(_ report: MailingReport, _ visit: Visit) {
        let words = visit.words
        let counts = report.counts
        let queued = counts.values.reduce(0, +)
        total = max(queued, report.expected ?? 0)
        hasMails = total > 0
        hasProgress = total > 0 && report.stop?.stopped != total
        let underWay = counts.sum(.queued, .sending, .inData)
        let isPaused = report.stop?.isCancelled == false
        let waits = counts.sum(.deferred) + (isPaused ? counts.sum(.held) : 0)
        isMoving =
            report.stop?.isUnderWay == true || report.expected != nil && !isPaused
            || underWay > 0 || report.mayUndo(at: visit.now)
        isLive = isMoving || waits > 0 || report.expected != nil
        settled = queued - underWay - waits
        progress = words("{done} of {total}", ["done": words.number(settled), "total": words.number(total)])
        sentence = Self.sentence(report, total, visit)
        notes = Self.notes(report, queued, total, visit)
        advice =
            if isPaused {
                words("What is in the mail server’s hand is finished. You may close this page: nothing else leaves.")
            } else if isLive {
                words("You may close this page: the mails go on without it. This page renews itself.")
            } else { MailingDoor(report).afterwards(words) }
    }

    /// "4 of 8 mails are accepted, 3 are under way, 1 needs you."
    private static func sentence(_ report: MailingReport, _ total: Int, _ visit: Visit) -> String {
        let (words, counts) = (visit.words, report.counts)
        guard total > 0 else { return words("No mail left.") }
        let accepted = counts.sum(.accepted)
        if report.mayUndo(at: visit.now), counts.sum(.queued, .held) == counts.values.reduce(0, +) {
            return words.plural("{count} mail is about to leave.", "{count} mails are about to leave.", total)
        }
        let stopped = report.stop?.stopped ?? 0
        if stopped == total { return words("No mail left.") }
        let moving = counts.sum(.queued, .sending, .inData, .deferred)
        let need = counts.sum(.failed, .bounced, .unknown)
        let isPaused = report.stop?.isCancelled == false
        let held = counts.sum(.held)
        let unsent = counts.sum(.cancelled) - stopped
        var parts: [String] = []
        if accepted == total {
            parts.append(words.plural("The mail is accepted", "All {count} mails are accepted", total))
        } else {
            parts.append(
                words.plural(
                    "{count} of {total} mails is accepted", "{count} of {total} mails are accepted", accepted,
                    ["total": words.number(total)]))
        }
        if moving > 0 { parts.append(words.plural("{count} is under way", "{count} are under way", moving)) }
        if held > 0, isPaused { parts.append(words.plural("{count} is paused", "{count} are paused", held)) }
        if held > 0, !isPaused { parts.append(words.plural("{count} is held", "{count} are held", held)) }
        if stopped > 0 { parts.append(words.plural("{count} was cancelled", "{count} were cancelled", stopped)) }
        if unsent > 0 { parts.append(words.plural("{count} was not sent", "{count} were not sent", unsent)) }
        if need > 0 { parts.append(words.plural("{count} needs you", "{count} need you", need)) }
        return parts.joined(separator: words(", ")) + "."
    }

    private static func notes(_ report: MailingReport, _ queued: Int, _ total: Int, _ visit: Visit) -> [String] {
        let words = visit.words
        var notes: [String] = []
        if report.expected != nil {
            notes.append(
                words(
                    "Queued {done} of {total} mails. The rest follows by itself, also when FirstBell starts anew.",
                    ["done": words.number(queued), "total": words.number(total)]))
        }
        guard let stop = report.stop else { return notes }
        let who = stopper(stop, visit)
        guard stop.isCancelled else {
            return notes + [
                words("Paused {who}. What has not left keeps its place until somebody presses Resume.", ["who": who])
            ]
        }
        notes.append(cancelled(report, stop, who: who, isAll: queued == stop.stopped, words))
        if stop.leftOut > 0 {
            notes.append(
                words.plural(
                    "{count} more was not in line yet and gets no mail.",
                    "{count} more were not in line yet and get no mail.", stop.leftOut))
        }
        return notes
    }

    private static func cancelled(
        _ report: MailingReport, _ stop: MailingStop, who: String, isAll: Bool, _ words: Words
    ) -> String {
        if stop.isUnderWay {
            return words.plural(
                "Being cancelled {who}: {count} mail is stopped so far.",
                "Being cancelled {who}: {count} mails are stopped so far.", stop.stopped, ["who": who])
        }
        if isAll, let until = report.undoUntil, stop.at <= until {
            return words.plural(
                "Undone in time {who}: {count} mail was stopped, and nothing has left.",
                "Undone in time {who}: {count} mails were stopped, and nothing has left.", stop.stopped, ["who": who])
        }
        let stopped = words.plural(
            "Cancelled {who}: {count} mail was stopped and does not leave.",
            "Cancelled {who}: {count} mails were stopped and do not leave.", stop.stopped, ["who": who])
        let left = report.counts.sum(.accepted, .sending, .inData, .unknown, .bounced)
        if left == 0 { return stopped }
        let rest = words.plural(
            "{count} had left before, or was just being handed over.",
            "{count} had left before, or were just being handed over.", left)
        return "\(stopped) \(rest)"
    }

    /// "by you at 10:22"
    static func stopper(_ stop: MailingStop, _ visit: Visit) -> String {
        let time = visit.words.time(stop.at.date, visit.zone)
        if stop.isMine { return visit.words("by you at {time}", ["time": time]) }
        return visit.words("by {name} at {time}", ["name": visit.words.person(stop.by), "time": time])
    }
}

extension MailingReport {
    /// Whether the press can still be undone in full.
    func mayUndo(at now: Timestamp) -> Bool {
        guard let undoUntil, stop?.isCancelled != true else { return false }
        return now < undoUntil && counts.sum(.queued, .held) > 0 || now < undoUntil && expected != nil
    }
}

extension [MailState: Int] {
    func sum(_ states: MailState...) -> Int { states.reduce(0) { $0 + (self[$1] ?? 0) } }
}
