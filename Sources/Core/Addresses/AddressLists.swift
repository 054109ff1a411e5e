package import Foundation
package import Storage

/// Takes lists of addresses in: reads, shows what they would change, and once confirmed changes it. The only door for them.
package struct AddressLists: Sendable {
    let main: any Database
    private let open: AddressListOpener
    /// In whose name lists are taken in hand.
    private let server: ServerAtWork
    private let clock: Clock
    private let onFault: @Sendable (any Error) -> Void

    /// `onFault` takes what no page explains, for a log.
    package init(
        main: any Database, open: @escaping AddressListOpener, server: ServerAtWork, clock: Clock,
        onFault: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.main = main
        self.open = open
        self.server = server
        self.clock = clock
        self.onFault = onFault
    }

    /// A file of that many bytes is read, and a list of so many changes applied, before the page answers; larger ones in the
    /// background.
    private static let small = (bytes: 200_000, changes: 500)

    /// Reads an uploaded file and removes it. The same act again finds the list that it made.
    package func begin(
        upload: URL, fileName: String, act: ID<Act>, by administrator: Administrator
    ) async throws -> ID<AddressList> {
        let now = clock.now()
        let id = ID<AddressList>.new(at: now)
        let name = fileName.onOneLine(most: 200)
        let found: ID<AddressList>
        do {
            found = try await server.begin(id) {
                try await main.write { [server] connection in
                    try connection.insertAddressList(
                        id, fileName: name, act: act, by: administrator.id, on: server.id, at: now)
                }
            }
        } catch {
            try? FileManager.default.removeItem(at: upload)
            throw error
        }
        guard found == id else {
            server.end(id)
            try? FileManager.default.removeItem(at: upload)
            return found
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: upload.path)[.size] as? Int) ?? nil
        let work = Task.detached {
            await patient.read(upload, named: name, into: id, for: administrator)
            server.end(id)
            try? FileManager.default.removeItem(at: upload)
        }
        if let size, size <= Self.small.bytes { await work.value }
        return id
    }

    /// Reads a file into a list and notes what it would change. Whatever goes wrong stands in the list's row afterwards.
    func read(_ file: URL, named name: String, into id: ID<AddressList>, for administrator: Administrator) async {
        do {
            let reader = try open(file, name)
            var count = 0
            while true {
                var rows: [AddressListRow] = []
                while rows.count < AddressListStep.size, let row = try reader.next() { rows.append(row) }
                if rows.isEmpty { break }
                count += rows.count
                guard count <= AddressListLimit.lines else {
                    throw RosterRefused(
                        reason: "The list has more than 1,000,000 lines. Divide it and upload the parts one by one.")
                }
                let (batch, percent) = (rows, Int(reader.part * 100))
                try await main.insist { connection in
                    try connection.addLines(batch, to: id, for: administrator, percent: percent)
                }
            }
            guard count > 0 else {
                throw RosterRefused(
                    reason:
                        "This list is empty. It takes a line for each student: a number or username, and the address.")
            }
            let crowds = try await main.read { try $0.crowds(of: id) }
            try await main.insist { try $0.finishReading(id, crowds: crowds) }
        } catch let refused as RosterRefused {
            await refuse(id, refused)
        } catch {
            onFault(error)
            await refuse(id, Self.interrupted)
        }
    }

    private static let interrupted = RosterRefused(
        reason: "FirstBell could not read this list to its end. Nothing was changed; upload it again.")

    private func refuse(_ id: ID<AddressList>, _ refused: RosterRefused) async {
        do {
            try await main.insist { connection in
                try connection.execute(
                    """
                    UPDATE address_list SET state = 'refused', refused_reason = \(refused.reason),
                      refused_value = \(refused.value) WHERE id = \(id) AND state = 'reading'
                    """)
            }
            try await removeLines(of: id)
        } catch { onFault(error) }
    }

    /// Lets a list change what its preview showed. Pressed twice, or by two people, it does so once.
    ///
    /// False for a list that this administrator does not see, or whose time is over.
    package func confirm(_ id: ID<AddressList>, by administrator: Administrator) async throws -> Bool {
        let now = clock.now()
        let entry: ID<AuditEntry> = .new(at: now)
        // Counting a district takes longer than anybody else should wait for the writer.
        let schools = try await main.read { try $0.schoolsTouchedIfReady(by: id) }
        let changes = try await server.begin(id) {
            try await main.write { [server] connection in
                try connection.confirmAddressList(
                    id, touching: schools, by: administrator, on: server.id, entry: entry, at: now)
            }
        }
        guard let changes, changes > 0 else {
            server.end(id)
            return changes != nil
        }
        let work = Task.detached {
            do { try await patient.apply(id, for: administrator) } catch { onFault(error) }
            server.end(id)
        }
        if changes <= Self.small.changes { await work.value }
        return true
    }

    /// Applies a confirmed list in short steps. It may be cut off anywhere and go on later, or run twice at once: each line
    /// says whether it was done.
    package func apply(_ id: ID<AddressList>, for administrator: Administrator) async throws {
        while true {
            let now = clock.now()
            let mint = IDMint(at: now)
            do {
                let isDone = try await main.write { connection in
                    try connection.applyLines(of: id, for: administrator, mint: mint, at: now)
                }
                if isDone { return }
            } catch StorageError.commitUnknown {
                // The lines say what was done; what is left is done with ids of its own.
            }
        }
    }

    /// The same for work that nobody waits for at a page: while the database is away it waits, and then goes on.
    private var patient: AddressLists {
        AddressLists(main: PatientDatabase(main), open: open, server: server, clock: clock, onFault: onFault)
    }

    /// Goes on with lists that a server was applying that is gone, and closes those that it was reading; this server too,
    /// where it has them not in hand.
    package func resumeUnfinished() async throws {
        let now = clock.now()
        let (reading, applying) = try await main.read { [server] connection in
            (
                try connection.leftAddressLists(in: .reading, leftTo: server, at: now),
                try connection.leftAddressLists(in: .applying, leftTo: server, at: now)
            )
        }
        for list in reading { await refuse(list.id, Self.interrupted) }
        for list in applying { try await apply(list.id, for: list.administrator) }
    }

    /// Removes what nobody has confirmed in time, and reports that are old.
    package func sweep() async throws {
        let now = clock.now()
        let ended = try await main.read { try $0.endedAddressLists(at: now) }
        for id in ended {
            try await removeLines(of: id)
            try await main.write { try $0.removeAddressList(id) }
        }
    }

    private func removeLines(of id: ID<AddressList>) async throws {
        while try await main.insist({ try $0.removeLines(of: id, limit: 500) }) > 0 {}
    }
}
