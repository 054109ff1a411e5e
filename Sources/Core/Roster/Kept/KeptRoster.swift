internal import Storage

/// A roster as it was taken, kept in sealed parts beside its plan.
struct KeptRoster: Sendable {
    let plan: ID<RosterSync>
    let parts: Int
    let main: any Database
    let keyring: Keyring

    /// The rows of one part, counted from 1. Throws `RosterRefused` for one that cannot be opened.
    func part(_ number: Int) async throws -> [RosterItem] {
        let found = try await main.read { [plan] connection in
            try connection.rows(
                "SELECT key_id, sealed FROM kept_roster_part WHERE plan_id = \(plan) AND number = \(number)"
            ).first.map { Sealed(key: try $0["key_id"], text: try $0["sealed"]) }
        }
        guard let found else { throw Self.damaged }
        do {
            let opened = try found.open(at: Self.place(plan, number), keyring: keyring)
            guard let bytes = Deflated.unpack(opened) else { throw Self.damaged }
            var reader = PackedRosterReader(bytes)
            var items: [RosterItem] = []
            while let item = try reader.next() { items.append(item) }
            return items
        } catch let problem as KeyringProblem {
            throw RosterRefused(
                reason: "The kept roster cannot be opened: {value} Nothing was changed.", value: problem.description)
        } catch { throw Self.damaged }
    }

    static func place(_ plan: ID<RosterSync>, _ number: Int) -> String { "kept_roster_part \(plan) \(number)" }

    private static let damaged = RosterRefused(
        reason: "The kept roster is damaged. Nothing was changed; give FirstBell the roster as a file.")
}

/// Keeps a roster while it is read: rows gather to a part, which is packed and sealed.
struct RosterKeeper {
    private let plan: ID<RosterSync>
    private let main: any Database
    private let keyring: Keyring
    private var rows = PackedRosterRows()
    private(set) var parts = 0

    /// Bytes of a part before it is packed.
    private static let partSize = 1 << 20

    init(_ plan: ID<RosterSync>, main: any Database, keyring: Keyring) {
        (self.plan, self.main, self.keyring) = (plan, main, keyring)
    }

    mutating func add(_ items: [RosterItem]) async throws {
        for item in items {
            rows.add(item)
            if rows.bytes.count >= Self.partSize { try await seal() }
        }
    }

    /// Keeps what is left; afterwards `parts` is how many there are.
    mutating func finish() async throws {
        if !rows.bytes.isEmpty || parts == 0 { try await seal() }
    }

    private mutating func seal() async throws {
        parts += 1
        let (plan, number) = (plan, parts)
        let sealed = try Sealed(Deflated.pack(rows.bytes), at: KeptRoster.place(plan, number), keyring: keyring)
        rows.removeAll()
        try await main.insist(at: .readCommitted) { connection in
            try connection.execute(
                """
                INSERT INTO kept_roster_part (plan_id, number, key_id, sealed)
                VALUES (\(plan), \(number), \(sealed.key), \(sealed.text)) ON CONFLICT (plan_id, number) DO NOTHING
                """)
        }
    }
}
