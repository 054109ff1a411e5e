internal import CPostgreSQL
internal import Synchronization

/// What the server said beside its answers, by SQLSTATE.
final class Warnings: Sendable {
    private let states = Mutex<Set<String>>([])

    /// Hears what the server says on this line, instead of libpq, which would print it. Must live as long as the line.
    func listen(to handle: OpaquePointer) {
        PQsetNoticeReceiver(
            handle,
            { context, notice in
                guard let context else { return }
                Unmanaged<Warnings>.fromOpaque(context).takeUnretainedValue().add(notice)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func forget() { states.withLock { $0 = [] } }

    /// A COMMIT whose wait for replicas was broken off answers like any other, after a warning (syncrep.c): it stands on
    /// this server alone, and may be gone after a failover.
    var hasUnsafeCommit: Bool { states.withLock { !$0.isDisjoint(with: ["01000", "57P01"]) } }

    private func add(_ notice: OpaquePointer?) {
        guard let state = PQresultErrorField(notice, Int32(UInt8(ascii: "C"))) else { return }
        let text = String(cString: state)
        states.withLock { _ = $0.insert(text) }
    }
}
