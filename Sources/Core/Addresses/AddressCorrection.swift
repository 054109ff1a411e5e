package import Storage

/// One address corrected by hand on a student's page.
package struct AddressCorrection: Sendable {
    package let student: ID<Account>
    /// What the form showed; nil for none.
    package let before: String?
    /// What was typed, already found to be an address; nil to take the address away.
    package let address: String?
    package let entry: ID<AuditEntry>
    package let now: Timestamp
    package init(
        of student: ID<Account>, from before: String?, to address: String?, entry: ID<AuditEntry>, at now: Timestamp
    ) {
        self.student = student
        self.before = before
        self.address = address
        self.entry = entry
        self.now = now
    }

    package enum Outcome: Sendable, Equatable {
        /// It is so now, by this press or by an earlier one.
        case done
        case notFound
        /// The district lets only administrators correct addresses.
        case notAllowed
        /// Somebody else has changed it since the form was drawn: nothing was written.
        case overtaken
        /// The address is somebody else's username.
        case isUsername
    }
}

extension Connection {
    /// Whether this viewer may correct the addresses of the students that they see.
    package func mayCorrectAddresses(_ viewer: StudentViewer) throws -> Bool {
        switch viewer {
        case .administrator: true
        case .teacher: try teachersCorrectAddresses()
        }
    }

    /// Gives a student the address that was typed, and keeps it from every roster.
    package func correct(_ correction: AddressCorrection, by viewer: StudentViewer) throws
        -> AddressCorrection.Outcome
    {
        try ifCorrectable(correction, by: viewer) { present in
            let wanted = correction.address.flatMap(Address.key)
            if present.key == wanted, present.isPinned { return .done }
            guard present.key == correction.before.flatMap(Address.key) else { return .overtaken }
            if let address = correction.address {
                let name = Username.key(address)
                let taken: SQL = """
                    SELECT 1 AS value FROM username WHERE name_key = \(name) AND account_id <> \(correction.student)
                    """
                if try exists(taken) { return .isUsername }
            }
            if present.key == wanted {
                try pinAddress(of: correction.student, by: viewer.id, entry: correction.entry, at: correction.now)
            } else {
                try changeAddress(
                    AddressChange(
                        of: correction.student, to: correction.address, isPinned: true, by: viewer.id,
                        entry: correction.entry, at: correction.now))
            }
            return .done
        }
    }

    /// Goes back to what the student system says. `correction.address` is not looked at.
    package func useRosterAddress(_ correction: AddressCorrection, by viewer: StudentViewer) throws
        -> AddressCorrection.Outcome
    {
        try ifCorrectable(correction, by: viewer) { present in
            guard present.isPinned else { return .done }
            guard present.key == correction.before.flatMap(Address.key) else { return .overtaken }
            try unpinAddress(of: correction.student, by: viewer.id, entry: correction.entry, at: correction.now)
            return .done
        }
    }

    private func ifCorrectable(
        _ correction: AddressCorrection, by viewer: StudentViewer,
        _ body: ((key: String?, isPinned: Bool)) throws -> AddressCorrection.Outcome
    ) throws -> AddressCorrection.Outcome {
        let row = try rows(
            """
            SELECT a.address_key, a.address_is_pinned FROM account a WHERE a.id = \(correction.student) AND \(viewer.sees)
            """
        ).first
        guard let row else { return .notFound }
        guard try mayCorrectAddresses(viewer) else { return .notAllowed }
        return try body((try row["address_key"], try row["address_is_pinned"]))
    }
}
