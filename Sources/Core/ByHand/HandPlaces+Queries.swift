package import Storage

/// A school with the trackers into which a person can be put by hand.
package struct HandPlaces: Sendable, Equatable {
    package let school: School
    package let trackers: [TrackerName]
}

extension Connection {
    /// The schools of the scope, by name.
    package func schoolsByHand(of administrator: Administrator) throws -> [School] {
        try rows(
            """
            SELECT s.id, s.name FROM school s WHERE s.ended_at IS NULL AND \(administrator.seesSchool)
            ORDER BY s.name, s.id
            """
        ).map { School(id: try $0["id"], name: try $0["name"]) }
    }

    /// The trackers of these schools that have not ended, as far as both are in the scope.
    package func placesByHand(
        in schools: [ID<School>], of administrator: Administrator, on day: SchoolDay
    ) throws -> [HandPlaces] {
        var places: [HandPlaces] = []
        for school in try schoolsByHand(of: administrator) where schools.contains(school.id) {
            let trackers: [TrackerName] = try rows(
                """
                SELECT t.id, t.name FROM tracker t WHERE t.school_id = \(school.id) AND t.ended_at IS NULL
                AND (t.ends_on IS NULL OR t.ends_on > \(day.today)) ORDER BY t.name, t.id
                """
            ).map { TrackerName(id: try $0["id"], name: try $0["name"]) }
            places.append(HandPlaces(school: school, trackers: trackers))
        }
        return places
    }

    /// False when a school or tracker that was chosen is none of the administrator's.
    func seesPlaces(of typed: TypedPerson, _ administrator: Administrator) throws -> Bool {
        let schools = Set(typed.schools)
        let trackers = Set(typed.trackers)
        let seenSchools: Int? = try value(
            "SELECT count(*) AS value FROM school s WHERE s.id IN \(SQL.list(schools.sorted())) AND \(administrator.seesSchool)"
        )
        let seenTrackers: Int? = try value(
            """
            SELECT count(*) AS value FROM tracker t JOIN school s ON s.id = t.school_id
            WHERE t.id IN \(SQL.list(trackers.sorted())) AND \(administrator.seesSchool)
            """)
        return seenSchools == schools.count && seenTrackers == trackers.count
    }

    /// What is wrong with schools and trackers that the administrator may choose.
    func placeProblems(
        of typed: TypedPerson, _ kind: AccountKind, _ administrator: Administrator
    ) throws -> Set<HandProblem> {
        // Who has no school is seen by administrators of the district alone.
        if kind == .staff && typed.schools.isEmpty && !administrator.hasDistrict { return [.schoolMissing] }
        guard !typed.schools.isEmpty else { return typed.trackers.isEmpty ? [] : [.trackersElsewhere] }
        let elsewhere = try exists(
            """
            SELECT 1 AS value FROM tracker t WHERE t.id IN \(SQL.list(typed.trackers))
            AND t.school_id NOT IN \(SQL.list(typed.schools))
            """)
        return elsewhere ? [.trackersElsewhere] : []
    }

    /// Who in the same schools has the number or the name, or for staff anywhere in the scope the address.
    func peopleThere(
        like typed: TypedPerson, _ kind: AccountKind, within administrator: Administrator, except own: ID<Account>?
    ) throws -> [PersonThere] {
        var alike: SQL = "a.sort_name = \(typed.sortName)"
        if !typed.number.isEmpty { alike = "\(alike) OR a.number = \(typed.number)" }
        var near: SQL = "(\(alike))"
        if !typed.schools.isEmpty {
            near = """
                (\(alike)) AND a.id IN
                (SELECT m.account_id FROM membership m WHERE m.school_id IN \(SQL.list(typed.schools)))
                """
        }
        if kind == .staff, let key = Address.key(typed.address) { near = "(\(near) OR a.address_key = \(key))" }
        return try rows(
            """
            SELECT a.id, a.given_name, a.family_name, a.number, a.username, a.suspended_at FROM account a
            WHERE a.kind = \(kind.rawValue) AND a.id <> \(own?.description ?? "") AND \(near) AND \(administrator.sees)
            ORDER BY a.sort_name, a.id LIMIT 20
            """
        ).map { row in
            PersonThere(
                id: try row["id"], kind: kind,
                name: PersonName.shown(given: try row["given_name"], family: try row["family_name"]),
                number: try row["number"], username: try row["username"],
                isSuspended: try row.integer("suspended_at") != nil)
        }
    }
}
