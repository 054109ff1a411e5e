import Core
import Foundation
import Storage
import Synchronization

extension RosterServiceClient {
    /// No service answers.
    static let absent = RosterServiceClient(
        check: { _ in },
        pull: { _, _, _, _ in throw RosterRefused(reason: "Nobody is there.") })
}

/// A service that gives what a test says, and remembers what it was asked for.
final class AServiceToReadFrom: Sendable {
    private struct State {
        var roster = Roster()
        var gone: [RosterRowKey] = []
        var asked: [Timestamp?] = []
        var secrets: [String] = []
        var isDown = false
    }
    private let state = Mutex(State())

    /// For each reading, since when changes were asked for; nil for the whole.
    var asked: [Timestamp?] { state.withLock { $0.asked } }
    var secrets: [String] { state.withLock { $0.secrets } }

    func give(_ roster: Roster, without gone: [RosterRowKey] = []) {
        state.withLock { ($0.roster, $0.gone, $0.isDown) = (roster, gone, false) }
    }

    func breakDown() { state.withLock { $0.isDown = true } }

    var client: RosterServiceClient {
        RosterServiceClient(
            check: { _ in },
            pull: { [self] access, since, intake, progress in
                let now = state.withLock { state in
                    state.asked.append(since)
                    state.secrets.append(access.secret.value)
                    return state
                }
                guard !now.isDown else { throw RosterRefused(reason: "The server did not answer.") }
                if since != nil {
                    try intake.begin(RosterChanges(wholeKinds: []))
                    for row in now.gone { try intake.remove(row) }
                }
                for (index, record) in now.roster.records.enumerated() {
                    try intake.receive(record, at: RosterPlace(file: now.roster.file(of: record), line: index + 1))
                }
                progress(1)
            })
    }
}
