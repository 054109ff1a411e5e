package import Storage

extension Administrator {
    /// True for a list `l` that this administrator may look at: their own, and with the whole district everybody's.
    var seesAddressList: SQL { hasDistrict ? "TRUE" : "l.made_by = \(id)" }
}

extension Connection {
    /// One list; nil for one that this administrator does not see.
    package func addressList(_ id: ID<AddressList>, for administrator: Administrator) throws -> AddressList? {
        try addressLists("l.id = \(id)", for: administrator, limit: 1).first
    }

    /// The newest lists.
    package func addressLists(for administrator: Administrator, limit: Int = 20) throws -> [AddressList] {
        try addressLists("TRUE", for: administrator, limit: limit)
    }

    private func addressLists(
        _ condition: SQL, for administrator: Administrator, limit: Int
    ) throws -> [AddressList] {
        try rows(
            """
            SELECT l.id, l.file_name, l.made_at, l.state, l.ends_at, l.percent, l.applied_at, l.refused_reason,
              l.refused_value, p.given_name, p.family_name
            FROM address_list l JOIN account p ON p.id = l.made_by
            WHERE \(condition) AND \(administrator.seesAddressList) ORDER BY l.id DESC LIMIT \(limit)
            """
        ).map { row in
            let id: ID<AddressList> = try row["id"]
            var counts: [AddressFinding: Int] = [:]
            try forEachRow(
                "SELECT finding, count(*) AS number FROM address_list_line WHERE list_id = \(id) GROUP BY finding"
            ) { counts[try $0["finding"]] = try $0["number"] }
            let crowds = try rows(
                "SELECT address, people FROM address_list_crowd WHERE list_id = \(id) ORDER BY people DESC, address"
            ).map { AddressList.Crowd(address: try $0["address"], people: try $0["people"]) }
            let refusal = try row.text("refused_reason").map { reason in
                RosterRefused(reason: reason, value: try row.text("refused_value") ?? "")
            }
            return AddressList(
                id: id, fileName: try row["file_name"], madeAt: try row["made_at"],
                madeBy: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                state: try row["state"], endsAt: try row["ends_at"], percent: try row["percent"],
                appliedAt: try row["applied_at"], refusal: refusal, counts: counts, crowds: crowds)
        }
    }

    /// Lines with one of these findings, in the order of the list. Who is outside the scope has no name.
    package func addressLines(
        of list: ID<AddressList>, _ finding: AddressFinding, after line: Int = 0, limit: Int,
        for administrator: Administrator
    ) throws -> [AddressLine] {
        try rows(
            """
            SELECT l.line, l.named, l.address, l.finding, l.reason, l.before_address, a.id, a.given_name, a.family_name
            FROM address_list_line l LEFT JOIN account a ON a.id = l.account_id AND \(administrator.sees)
            WHERE l.list_id = \(list) AND l.finding = \(finding.rawValue) AND l.line > \(line)
            ORDER BY l.line LIMIT \(limit)
            """
        ).map { row in
            let given: String? = try row["given_name"]
            return AddressLine(
                line: try row["line"], named: try row["named"], address: try row["address"],
                finding: try row["finding"], fault: try row.text("reason").flatMap(AddressFault.init),
                student: try row["id"],
                name: try given.map { PersonName.shown(given: $0, family: try row["family_name"] ?? "") },
                before: given == nil ? nil : try row["before_address"])
        }
    }

    /// Whether teachers may correct the address of a student of theirs.
    package func teachersCorrectAddresses() throws -> Bool {
        try value("SELECT teachers_correct_addresses AS value FROM district", as: Bool.self) ?? false
    }

    /// Says whether teachers may correct addresses. Saying it again changes nothing.
    package func letTeachersCorrectAddresses(
        _ may: Bool, by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        guard try teachersCorrectAddresses() != may else { return }
        try record(.addressRuleChanged, by: person, detail: may ? "on" : "off", id: entry, at: now)
        try execute("UPDATE district SET teachers_correct_addresses = \(may)")
    }

    /// Lists in a state, with whoever confirmed them, as they may act now.
    func leftAddressLists(
        in state: AddressList.State, leftTo server: ServerAtWork, at now: Timestamp
    ) throws -> [(id: ID<AddressList>, administrator: Administrator)] {
        try rows(
            """
            SELECT l.id, coalesce(l.confirmed_by, l.made_by) AS person, r.scope FROM address_list l
            LEFT JOIN administrator r ON r.account_id = coalesce(l.confirmed_by, l.made_by)
            WHERE l.state = \(state.rawValue) AND \(SQL.mayBeLeft("l.server_id", of: server, at: now)) ORDER BY l.id
            """
        ).filter { try !server.has($0["id"] as ID<AddressList>) }.map { row in
            (try row["id"], Administrator(id: try row["person"], hasDistrict: try row.text("scope") == "district"))
        }
    }

    func endedAddressLists(at now: Timestamp) throws -> [ID<AddressList>] {
        try rows("SELECT id FROM address_list WHERE ends_at <= \(now) AND state <> 'applying'").map { try $0["id"] }
    }

    func removeLines(of list: ID<AddressList>, limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM address_list_line WHERE list_id = \(list) AND line IN
            (SELECT o.line FROM address_list_line o WHERE o.list_id = \(list) ORDER BY o.line LIMIT \(limit))
            """)
    }

    func removeAddressList(_ list: ID<AddressList>) throws {
        try execute("DELETE FROM address_list_crowd WHERE list_id = \(list)")
        try execute("DELETE FROM address_list WHERE id = \(list)")
    }
}
