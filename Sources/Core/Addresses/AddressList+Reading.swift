internal import Storage

/// How much is done in one transaction, so that others come in between.
enum AddressListStep { static let size = 100 }

/// How many lines a list may have.
enum AddressListLimit { static let lines = 1_000_000 }

/// A student whom a line may mean.
private struct Candidate {
    let id: ID<Account>
    let address: String?
    let key: String?
    let isPinned: Bool
}

/// What a batch of lines is compared with.
private struct KnownStudents {
    var students: [ID<Account>: Candidate] = [:]
    var byNumber: [String: Set<ID<Account>>] = [:]
    var byUsername: [String: Set<ID<Account>>] = [:]
    /// Whose username an address of the batch is.
    var owners: [String: ID<Account>] = [:]
    /// What earlier lines of the list give a student.
    var given: [ID<Account>: Set<String>] = [:]

    func meant(by row: AddressListRow) -> Set<ID<Account>> {
        var meant: Set<ID<Account>> = []
        if row.kind != .username { meant.formUnion(byNumber[row.named] ?? []) }
        if row.kind != .number { meant.formUnion(byUsername[Username.key(row.named)] ?? []) }
        return meant
    }
}

extension Connection {
    /// Adds a list that is about to be read; the same act again finds the one that it made.
    func insertAddressList(
        _ id: ID<AddressList>, fileName: String, act: ID<Act>, by person: ID<Account>, on server: ID<RunningServer>,
        at now: Timestamp
    ) throws -> ID<AddressList> {
        if let done: ID<AddressList> = try value(
            "SELECT id AS value FROM address_list WHERE act_id = \(act) AND made_by = \(person)")
        {
            return done
        }
        try execute(
            """
            INSERT INTO address_list (id, act_id, made_by, made_at, file_name, state, ends_at, server_id)
            VALUES (\(id), \(act), \(person), \(now), \(fileName), 'reading', \(now + AddressList.patience), \(server))
            """)
        return id
    }

    /// Looks the students of these lines up and notes what each line would do. Lines that are there already stay as they are.
    func addLines(
        _ batch: [AddressListRow], to list: ID<AddressList>, for administrator: Administrator, percent: Int
    ) throws {
        guard try exists("SELECT id FROM address_list WHERE id = \(list) AND state = 'reading'"),
            let first = batch.first,
            try !exists("SELECT line FROM address_list_line WHERE list_id = \(list) AND line = \(first.line)")
        else { return }
        var known = try knownStudents(of: batch, in: list, for: administrator)
        var lines = BulkRows(columns: 9)
        var contradicted: Set<ID<Account>> = []
        for row in batch {
            var meant = known.meant(by: row)
            if meant.count > 1, let school = row.school { meant = try narrow(meant, to: school) }
            let student = meant.count == 1 ? meant.first.flatMap { known.students[$0] } : nil
            let key = row.fault == nil ? Address.key(row.address) : nil
            let finding: AddressFinding
            if let key, let student {
                let others = known.given[student.id, default: []]
                known.given[student.id, default: []].insert(key)
                if others.contains(where: { $0 != key }) {
                    finding = .conflict
                    contradicted.insert(student.id)
                } else if !others.isEmpty {
                    finding = .repeated
                } else if let owner = known.owners[Username.key(row.address)], owner != student.id {
                    finding = .username
                } else {
                    finding = student.key != key ? .change : student.isPinned ? .same : .pin
                }
            } else {
                finding = key == nil ? .bad : meant.isEmpty ? .notFound : .several
            }
            lines.add([
                .id(list), .integer(row.line), .text(Self.shortened(row.named)), .text(Self.shortened(row.address)),
                .text(key), .text(student?.id.description), .text(student?.address), .text(finding.rawValue),
                .text(row.fault?.rawValue),
            ])
        }
        try append(
            lines, to: "address_list_line",
            columns: "list_id, line, named, address, address_key, account_id, before_address, finding, reason")
        for student in contradicted {
            try execute(
                """
                UPDATE address_list_line SET finding = 'conflict' WHERE list_id = \(list) AND account_id = \(student)
                AND finding IN ('change', 'pin', 'same', 'repeated', 'username')
                """)
        }
        try execute("UPDATE address_list SET percent = \(percent) WHERE id = \(list)")
    }

    /// Of what is wrong only so much is kept as a person needs to find it again.
    private static func shortened(_ text: String) -> String { String(text.unicodeScalars.prefix(300)) }

    private func knownStudents(
        of batch: [AddressListRow], in list: ID<AddressList>, for administrator: Administrator
    ) throws -> KnownStudents {
        var known = KnownStudents()
        func add(_ row: any Row) throws -> ID<Account> {
            let id: ID<Account> = try row["id"]
            known.students[id] = Candidate(
                id: id, address: try row["address"], key: try row["address_key"],
                isPinned: try row["address_is_pinned"])
            return id
        }
        for names in SQL.lists(Set(batch.filter { $0.kind != .username }.map(\.named)).sorted()) {
            try forEachRow(
                """
                SELECT a.id, a.address, a.address_key, a.address_is_pinned, a.number AS name FROM account a
                WHERE a.number IN \(names) AND a.kind = 'student' AND \(administrator.sees)
                """
            ) { row in
                let id = try add(row)
                known.byNumber[try row["name"], default: []].insert(id)
            }
        }
        for names in SQL.lists(Set(batch.filter { $0.kind != .number }.map { Username.key($0.named) }).sorted()) {
            try forEachRow(
                """
                SELECT a.id, a.address, a.address_key, a.address_is_pinned, u.name_key AS name
                FROM username u JOIN account a ON a.id = u.account_id
                WHERE u.name_key IN \(names) AND a.kind = 'student' AND \(administrator.sees)
                """
            ) { row in
                let id = try add(row)
                known.byUsername[try row["name"], default: []].insert(id)
            }
        }
        for names in SQL.lists(Set(batch.filter { $0.fault == nil }.map { Username.key($0.address) }).sorted()) {
            try forEachRow("SELECT name_key, account_id FROM username WHERE name_key IN \(names)") {
                known.owners[try $0["name_key"]] = try $0["account_id"]
            }
        }
        for ids in SQL.lists(known.students.keys.map(\.description).sorted()) {
            try forEachRow(
                """
                SELECT account_id, address_key FROM address_list_line
                WHERE list_id = \(list) AND account_id IN \(ids) AND address_key IS NOT NULL
                """
            ) { known.given[try $0["account_id"], default: []].insert(try $0["address_key"]) }
        }
        return known
    }

    /// Those who are in the school of that name, or of that id in the roster.
    private func narrow(_ students: Set<ID<Account>>, to school: String) throws -> Set<ID<Account>> {
        let wanted = Username.key(school)
        return Set(
            try rows(
                """
                SELECT m.account_id, s.name, s.source_id FROM membership m JOIN school s ON s.id = m.school_id
                WHERE m.account_id IN \(SQL.list(students.sorted()))
                """
            ).compactMap { row -> ID<Account>? in
                let names = [try row.text("name"), try row.text("source_id")].compactMap { $0.map(Username.key) }
                return names.contains(wanted) ? try row["account_id"] : nil
            })
    }

    /// Addresses of the list that more than ten people would share: a temporary password is looked for among ten at most.
    func crowds(of list: ID<AddressList>) throws -> [AddressList.Crowd] {
        try rows(
            """
            SELECT min(l.address) AS address, count(*) + (SELECT count(*) FROM account a WHERE a.address_key = l.address_key
              AND NOT EXISTS (SELECT 1 FROM address_list_line o WHERE o.list_id = \(list) AND o.account_id = a.id
              AND o.finding IN ('change', 'pin', 'same'))) AS people
            FROM address_list_line l WHERE l.list_id = \(list) AND l.finding IN ('change', 'pin', 'same')
            GROUP BY l.address_key ORDER BY people DESC, l.address_key LIMIT 20
            """
        ).map { AddressList.Crowd(address: try $0["address"], people: try $0["people"]) }.filter { $0.people > 10 }
    }

    func finishReading(_ list: ID<AddressList>, crowds: [AddressList.Crowd]) throws {
        for crowd in crowds {
            try execute(
                """
                INSERT INTO address_list_crowd (list_id, address, people)
                VALUES (\(list), \(crowd.address), \(crowd.people)) ON CONFLICT DO NOTHING
                """)
        }
        try execute("UPDATE address_list SET state = 'ready', percent = 100 WHERE id = \(list) AND state = 'reading'")
    }
}
