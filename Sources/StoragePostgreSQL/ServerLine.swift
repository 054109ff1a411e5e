internal import CPostgreSQL
internal import Glibc
internal import Storage

/// One line to the server. One thread uses it at a time, which the pool sees to; hence `@unchecked`.
///
/// Nothing here blocks for good: while it waits for the server it looks at `alarm`, which the watch over the server raises.
final class ServerLine: @unchecked Sendable {
    private let handle: OpaquePointer
    private let alarm: Alarm
    /// How often the alarm had been raised when the line was begun.
    private let raised: Int
    /// The place of its host in the address.
    let server: Int
    let warnings = Warnings()
    private var prepared: [String: String] = [:]
    private var counted = 0
    /// A line that failed in a way that it cannot be used again.
    private(set) var isBroken = false
    /// How long one answer may take; without it as long as no alarm is raised.
    var patience: Duration?

    private static let patienceWithSettings: Duration = .seconds(2)

    /// More statements than the program has; a text with a new number of rows adds one.
    private static let roomForStatements = 1_000

    /// Takes over what `PQconnectPoll` has finished, and sets what a line of ours has.
    init(_ handle: OpaquePointer, to server: Int, of address: PostgreSQLAddress, alarm: Alarm, raised: Int) throws {
        self.handle = handle
        self.server = server
        self.alarm = alarm
        self.raised = raised
        warnings.listen(to: handle)
        PQsetnonblocking(handle, 1)
        patience = Self.patienceWithSettings
        let calls = (0..<address.settings.count).map { "set_config($\(2 * $0 + 1), $\(2 * $0 + 2), false)" }
        _ = try run(
            "SELECT \(calls.joined(separator: ", "))",
            address.settings.flatMap { [SQLValue.text($0.key), .text($0.value)] })
        patience = nil
    }

    deinit { PQfinish(handle) }

    /// Runs statements without values, as they stand.
    @discardableResult func run(script: String) throws -> ServerResult {
        try noting {
            guard PQsendQuery(handle, script) == 1 else { throw lost() }
            return try finish()
        }
    }

    /// Runs one statement, which is prepared when it is met for the first time.
    func run(_ text: String, _ values: [SQLValue]) throws -> ServerResult {
        try noting {
            let name = try prepare(text, values.map(\.oid))
            let arguments = try TextArguments(values)
            let sent = arguments.withPointers {
                PQsendQueryPrepared(handle, name, Int32(values.count), $0, nil, nil, 0)
            }
            guard sent == 1 else { throw lost() }
            return try finish()
        }
    }

    /// Feeds rows in COPY's text form to `COPY … FROM STDIN`.
    func copy(_ statement: String, _ bytes: [UInt8]) throws {
        try noting {
            guard PQsendQuery(handle, statement) == 1 else { throw lost() }
            try flush()
            try waitForResult()
            guard let answer = PQgetResult(handle) else { throw lost() }
            guard PQresultStatus(answer) == PGRES_COPY_IN else {
                let error = ServerError(answer)
                PQclear(answer)
                _ = try? finish()
                throw error
            }
            PQclear(answer)
            try bytes.withUnsafeBytes { buffer in
                let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                try put { PQputCopyData(self.handle, start, Int32(buffer.count)) }
            }
            try put { PQputCopyEnd(self.handle, nil) }
            _ = try finish()
        }
    }

    /// Whether the server was there ever since the line was begun.
    var isFresh: Bool { alarm.reason(since: raised) == nil }

    /// Whether the server said that a transaction is open.
    var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

    private func put(_ send: () -> Int32) throws {
        while true {
            switch send() {
            case 1: return
            case 0: try wait(for: Int16(POLLOUT))
            default: throw lost()
            }
        }
    }

    private func prepare(_ text: String, _ types: [Oid]) throws -> String {
        var key = text
        key.append("\u{0}")
        key.unicodeScalars.append(contentsOf: types.map { Unicode.Scalar(UInt8(truncatingIfNeeded: $0)) })
        if let name = prepared[key] { return name }
        if prepared.count >= Self.roomForStatements {
            guard PQsendQuery(handle, "DEALLOCATE ALL") == 1 else { throw lost() }
            _ = try finish()
            prepared.removeAll()
        }
        counted += 1
        let name = "s\(counted)"
        guard PQsendPrepare(handle, name, text, Int32(types.count), types) == 1 else { throw lost() }
        _ = try finish()
        prepared[key] = name
        return name
    }

    /// Remembers when the line broke.
    private func noting<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch let error as ServerError {
            if error.isLost || error.isStale || PQstatus(handle) != CONNECTION_OK { isBroken = true }
            throw error
        }
    }

    /// The last result of what was sent. Throws the first error.
    private func finish() throws -> ServerResult {
        try flush()
        var last: ServerResult?
        var failure: ServerError?
        while true {
            try waitForResult()
            guard let answer = PQgetResult(handle) else { break }
            switch PQresultStatus(answer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = ServerResult(answer)
            default:
                failure = failure ?? ServerError(answer)
                PQclear(answer)
            }
        }
        if let failure { throw failure.state.isEmpty ? lost() : failure }
        guard let last else { throw lost() }
        return last
    }

    private func flush() throws {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                try wait(for: Int16(POLLIN) | Int16(POLLOUT))
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            default: throw lost()
            }
        }
    }

    private func waitForResult() throws {
        while PQisBusy(handle) == 1 {
            try wait(for: Int16(POLLIN))
            guard PQconsumeInput(handle) == 1 else { throw lost() }
        }
    }

    private func wait(for events: Int16) throws {
        // poll() would wait for ever for a socket that is closed.
        guard PQsocket(handle) >= 0 else { throw lost() }
        var watched = pollfd(fd: PQsocket(handle), events: events, revents: 0)
        let began = ContinuousClock.now
        while poll(&watched, 1, 100) == 0 {
            if let reason = alarm.reason(since: raised) { throw gone(reason) }
            if let patience, ContinuousClock.now - began > patience { throw gone("the server does not answer") }
        }
    }

    private func gone(_ reason: String) -> ServerError {
        isBroken = true
        return ServerError(message: reason)
    }

    private func lost() -> ServerError {
        gone(Self.lastMessage(of: handle))
    }

    static func lastMessage(of handle: OpaquePointer) -> String {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.isEmpty ? "the connection broke" : lines.joined(separator: " ")
    }
}
