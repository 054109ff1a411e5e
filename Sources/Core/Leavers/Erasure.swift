package import Storage

/// People on their way to being erased, by a press or by the district's rule: how many, and how far it is.
package struct Erasure: Sendable, Equatable {
    package let id: ID<Erasure>
    /// Who pressed; nil where the rule did it, and empty for somebody who has been erased since.
    package let madeBy: String?
    package let madeAt: Timestamp
    /// nil for all schools.
    package let school: String?
    package let expected: Int
    package let erased: Int
    /// nil while it goes on.
    package let endedAt: Timestamp?
    package init(
        id: ID<Erasure>, madeBy: String?, madeAt: Timestamp, school: String? = nil, expected: Int, erased: Int,
        endedAt: Timestamp?
    ) {
        self.id = id
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.school = school
        self.expected = expected
        self.erased = erased
        self.endedAt = endedAt
    }
}

extension Erasure: Record {
    package init(row: any Row) throws {
        let given: String? = try row["given_name"]
        self.init(
            id: try row["id"],
            madeBy: try given.map { PersonName.shown(given: $0, family: try row["family_name"] ?? "") },
            madeAt: try row["made_at"], school: try row["school"], expected: try row["expected"],
            erased: try row["erased"], endedAt: try row["ended_at"])
    }
}

/// What a person saw and said yes to: so many, who left by then, of a school or of all.
package struct ErasurePress: Sendable, Equatable {
    /// Made with the form, so that pressing again finds what was done.
    package let act: ID<Act>
    package let until: Timestamp
    /// nil for all schools.
    package let school: ID<School>?
    package let count: Int
    package init(act: ID<Act>, until: Timestamp, school: ID<School>? = nil, count: Int) {
        self.act = act
        self.until = until
        self.school = school
        self.count = count
    }

    var place: LeaverFilter.Place { school.map { .school($0) } ?? .anywhere }
}

/// What came of a press.
package enum ErasureOutcome: Sendable, Equatable {
    /// It goes on, or is done, by this press or by an earlier one.
    case begun(ID<Erasure>)
    /// Not the same people as were shown: nothing was done.
    case changed
}
