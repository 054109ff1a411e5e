package import Storage

/// A list that was given and waits until somebody has said what its columns hold. What is in it stands sealed.
package struct ListDraft: Sendable {
    package let id: ID<ListDraft>
    package let list: ID<SchoolList>
    package let fileName: String
    package let bytes: [UInt8]
    package init(id: ID<ListDraft>, list: ID<SchoolList>, fileName: String, bytes: [UInt8]) {
        self.id = id
        self.list = list
        self.fileName = fileName
        self.bytes = bytes
    }

    /// A list that waits longer is thrown away.
    static let life = Span.days(1)

    fileprivate static func place(_ id: ID<ListDraft>) -> String { "list_draft \(id)" }
}

extension Connection {
    /// Throws away lists that nobody came back to.
    package func sweepDrafts(at now: Timestamp) throws {
        try execute("DELETE FROM list_draft WHERE made_at < \(now - ListDraft.life)")
    }

    /// Keeps a list for its giver.
    package func keep(_ draft: ListDraft, by person: ID<Account>, keyring: Keyring, at now: Timestamp) throws {
        let sealed = try Sealed(Deflated.pack(draft.bytes), at: ListDraft.place(draft.id), keyring: keyring)
        try execute(
            """
            INSERT INTO list_draft (id, source_id, file_name, made_by, made_at, key_id, sealed)
            VALUES (\(draft.id), \(draft.list), \(draft.fileName), \(person), \(now), \(sealed.key), \(sealed.text))
            ON CONFLICT (id) DO NOTHING
            """)
    }

    /// A list that waits, for whoever gave it; nil for everybody else, and where it is gone or cannot be opened.
    package func draft(
        _ id: ID<ListDraft>, of person: ID<Account>, keyring: Keyring, at now: Timestamp
    ) throws -> ListDraft? {
        let found = try rows(
            """
            SELECT source_id, file_name, key_id, sealed FROM list_draft
            WHERE id = \(id) AND made_by = \(person) AND made_at > \(now - ListDraft.life)
            """
        ).first
        guard let row = found else { return nil }
        let sealed = Sealed(key: try row["key_id"], text: try row["sealed"])
        guard let packed = try? sealed.open(at: ListDraft.place(id), keyring: keyring),
            let bytes = Deflated.unpack(packed)
        else { return nil }
        return ListDraft(id: id, list: try row["source_id"], fileName: try row["file_name"], bytes: bytes)
    }

    /// Throws a list away whose columns are known.
    package func drop(_ draft: ID<ListDraft>) throws { try execute("DELETE FROM list_draft WHERE id = \(draft)") }
}
