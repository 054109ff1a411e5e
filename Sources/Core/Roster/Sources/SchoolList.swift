package import Storage

/// A school's own list of students, as a source of rosters beside others. It owns the one school that it names.
package struct SchoolList: Sendable, Equatable {
    package let id: ID<SchoolList>
    /// The school's name.
    package let name: String
    /// What its columns were said to hold, as the reader of lists writes it; nil where nobody was asked yet.
    package let columns: String?
    package init(id: ID<SchoolList>, name: String, columns: String? = nil) {
        self.id = id
        self.name = name
        self.columns = columns
    }

    /// The school as the list brings it.
    package var school: RosterSchool {
        RosterSchool(sourceID: "school", name: name, kind: "school", parentID: nil)
    }
}

extension SchoolList: Record {
    package init(row: any Row) throws {
        self.init(id: try row["id"], name: try row["name"], columns: try row["columns"])
    }
}

extension Connection {
    /// All lists by name.
    package func schoolLists() throws -> [SchoolList] {
        try rows("SELECT id, name, columns FROM roster_source WHERE kind = 'list' ORDER BY name, id")
            .map(SchoolList.init(row:))
    }

    package func schoolList(_ id: ID<SchoolList>) throws -> SchoolList? {
        try fetchOne("SELECT id, name, columns FROM roster_source WHERE kind = 'list' AND id = \(id)")
    }

    /// Adds a list; the same id again changes nothing.
    package func add(
        _ list: SchoolList, by person: ID<Account>, entry: ID<AuditEntry>, at now: Timestamp
    ) throws {
        let isNew = try execute(
            """
            INSERT INTO roster_source (id, name, kind, made_at, made_by)
            VALUES (\(list.id), \(list.name), 'list', \(now), \(person)) ON CONFLICT (id) DO NOTHING
            """)
        if isNew == 1 { try record(.studentListAdded, by: person, detail: "list \(list.id)", id: entry, at: now) }
    }

    /// Remembers what a person said of a list's columns.
    package func remember(columns: String, of list: ID<SchoolList>) throws {
        try execute("UPDATE roster_source SET columns = \(columns) WHERE id = \(list) AND kind = 'list'")
    }
}
