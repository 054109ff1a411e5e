internal import CPostgreSQL
internal import Glibc

extension ServerLine {
    /// Opens a line to the host that takes writes, beginning with the one that did last. Throws `ServerError` with what each
    /// host said.
    ///
    /// libpq would begin with the first host each time, and wait there for one that hangs before it asks the next. Who asks
    /// whether the server is there has an alarm of its own, which nobody raises.
    static func open(_ address: PostgreSQLAddress, first: Int, alarm: Alarm) throws -> ServerLine {
        _ = TLSLibrary.staysToTheEnd
        let hosts = address.hosts
        let raised = alarm.raised
        let order = [first] + hosts.indices.filter { $0 != first }
        var complaints: [String] = []
        for index in order where hosts.indices.contains(index) {
            if let reason = alarm.reason(since: raised) { throw ServerError(message: reason) }
            do {
                let handle = try connect(to: hosts[index], alarm: alarm, raised: raised)
                return try ServerLine(handle, to: index, of: address, alarm: alarm, raised: raised)
            } catch let error as ServerError { complaints.append(error.message) }
        }
        throw ServerError(message: complaints.joined(separator: "; "))
    }

    private static func connect(to host: PostgreSQLAddress, alarm: Alarm, raised: Int) throws -> OpaquePointer {
        let pairs = host.parameters.sorted { $0.key < $1.key }
        let handle = withPointers(pairs.map(\.key)) { keywords in
            withPointers(pairs.map(\.value)) { PQconnectStartParams(keywords, $0, 0) }
        }
        guard let handle else { throw ServerError(message: "there is no memory for a connection") }
        do {
            let end = ContinuousClock.now + .seconds(host.patience)
            var next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
            while next != PGRES_POLLING_OK {
                guard next != PGRES_POLLING_FAILED else { throw ServerError(message: lastMessage(of: handle)) }
                let events = next == PGRES_POLLING_READING ? Int16(POLLIN) : Int16(POLLOUT)
                var watched = pollfd(fd: PQsocket(handle), events: events, revents: 0)
                while poll(&watched, 1, 50) == 0 {
                    if let reason = alarm.reason(since: raised) { throw ServerError(message: reason) }
                    guard .now < end else { throw ServerError(message: "\(host.place): timeout expired") }
                }
                next = PQconnectPoll(handle)
            }
            return handle
        } catch {
            PQfinish(handle)
            throw error
        }
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { UnsafePointer<CChar>($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
