internal import Storage

/// A confirmed line with what its student has now.
private struct ConfirmedLine: Record {
    let line: Int
    let student: ID<Account>
    let address: String
    let key: String
    let before: String?
    let finding: AddressFinding
    let present: String?
    let isPinned: Bool
    let isSeen: Bool

    init(row: any Row) throws {
        line = try row["line"]
        student = try row["account_id"]
        address = try row["address"]
        key = try row["address_key"]
        before = try row.text("before_address").flatMap { Address.key($0) }
        finding = try row["finding"]
        present = try row["present"]
        isPinned = try row["address_is_pinned"]
        isSeen = try row["is_seen"]
    }
}

extension Connection {
    /// Lets a list be applied. Returns how many lines it changes, 0 when somebody has confirmed it before; nil for a list
    /// that this administrator does not see, or whose time is over.
    ///
    /// `schools` are those that it touches, if they were counted before the writer was taken.
    func confirmAddressList(
        _ list: ID<AddressList>, touching schools: [ID<School>: Int]?, by administrator: Administrator,
        on server: ID<RunningServer>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws -> Int? {
        guard
            let state: AddressList.State = try value(
                """
                SELECT state AS value FROM address_list l WHERE l.id = \(list) AND l.ends_at > \(now)
                AND \(administrator.seesAddressList)
                """)
        else { return nil }
        switch state {
        case .applying, .applied: return 0
        case .reading, .refused: return nil
        case .ready: break
        }
        let changes =
            try value(
                """
                SELECT count(*) AS value FROM address_list_line
                WHERE list_id = \(list) AND finding IN ('change', 'pin')
                """, as: Int.self) ?? 0
        try record(
            .addressesUploaded, by: administrator.id, count: changes, detail: "address list \(list)", id: entry, at: now
        )
        for (school, count) in try schools ?? schoolsTouched(by: list) {
            try noteSchool(school, count: count, for: entry)
        }
        try execute(
            """
            UPDATE address_list SET state = 'applying', confirmed_by = \(administrator.id), server_id = \(server),
              ends_at = \(now + AddressList.memory)
            WHERE id = \(list) AND state = 'ready'
            """)
        if changes == 0 { try finishApplying(list, at: now) }
        return changes
    }

    /// The schools whose students a list that is ready would change, with how many of each; nil for one that may still grow.
    func schoolsTouchedIfReady(by list: ID<AddressList>) throws -> [ID<School>: Int]? {
        try exists("SELECT id FROM address_list WHERE id = \(list) AND state = 'ready'")
            ? schoolsTouched(by: list) : nil
    }

    private func schoolsTouched(by list: ID<AddressList>) throws -> [ID<School>: Int] {
        var schools: [ID<School>: Int] = [:]
        try forEachRow(
            """
            SELECT m.school_id, count(*) AS number FROM address_list_line l
            JOIN membership m ON m.account_id = l.account_id
            WHERE l.list_id = \(list) AND l.finding IN ('change', 'pin') GROUP BY m.school_id
            """
        ) { row in schools[try row["school_id"]] = try row["number"] }
        return schools
    }

    /// Applies the next lines, each compared with what its student has now. True when none is left.
    func applyLines(
        of list: ID<AddressList>, for administrator: Administrator, mint: IDMint, at now: Timestamp
    ) throws -> Bool {
        guard try exists("SELECT id FROM address_list WHERE id = \(list) AND state = 'applying'") else { return true }
        var mint = mint
        var lines = try confirmedLines(of: list, .change, for: administrator)
        if lines.isEmpty { lines = try confirmedLines(of: list, .pin, for: administrator) }
        for line in lines {
            let done = try apply(line, by: administrator, mint: &mint, at: now)
            try execute(
                """
                UPDATE address_list_line SET finding = \(done.rawValue) WHERE list_id = \(list) AND line = \(line.line)
                """)
        }
        if lines.isEmpty { try finishApplying(list, at: now) }
        return lines.isEmpty
    }

    private func finishApplying(_ list: ID<AddressList>, at now: Timestamp) throws {
        try execute(
            "UPDATE address_list SET state = 'applied', applied_at = \(now) WHERE id = \(list) AND state = 'applying'")
    }

    private func confirmedLines(
        of list: ID<AddressList>, _ finding: AddressFinding, for administrator: Administrator
    ) throws -> [ConfirmedLine] {
        try fetchAll(
            """
            SELECT l.line, l.account_id, l.address, l.address_key, l.before_address, l.finding, a.address_key AS present,
              a.address_is_pinned, CASE WHEN \(administrator.sees) THEN TRUE ELSE FALSE END AS is_seen
            FROM address_list_line l JOIN account a ON a.id = l.account_id
            WHERE l.list_id = \(list) AND l.finding = \(finding.rawValue) ORDER BY l.line LIMIT \(AddressListStep.size)
            """)
    }

    /// What became of a line: nothing is written over that its preview did not show.
    private func apply(
        _ line: ConfirmedLine, by administrator: Administrator, mint: inout IDMint, at now: Timestamp
    ) throws -> AddressFinding {
        guard line.isSeen else { return .overtaken }
        if line.present == line.key {
            if line.isPinned { return line.finding == .change ? .same : .pinned }
            try pinAddress(of: line.student, by: administrator.id, entry: mint.next(), at: now)
            return .pinned
        }
        guard line.finding == .change, line.present == line.before else { return .overtaken }
        let name = Username.key(line.address)
        if try exists("SELECT 1 AS value FROM username WHERE name_key = \(name) AND account_id <> \(line.student)") {
            return .username
        }
        try changeAddress(
            AddressChange(
                of: line.student, to: line.address, isPinned: true, by: administrator.id, entry: mint.next(), at: now))
        return .changed
    }
}
