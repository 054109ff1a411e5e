package import Storage

/// An administrator who asks: every query for them goes through their scope.
package struct Administrator: Sendable, Equatable {
    package let id: ID<Account>
    /// True when the whole district is theirs; otherwise the schools named in `administrator_school`.
    package let hasDistrict: Bool
    package init(id: ID<Account>, hasDistrict: Bool) {
        self.id = id
        self.hasDistrict = hasDistrict
    }

    /// True for an account `a` in this administrator's schools. An erased person is nobody's.
    package var sees: SQL {
        if hasDistrict { return "a.erased_at IS NULL" }
        return """
            a.id IN (SELECT m.account_id FROM membership m JOIN administrator_school h ON h.school_id = m.school_id
            WHERE h.account_id = \(id))
            """
    }

    /// True for an account `a` that reaches no further than this administrator does: no door is opened upwards.
    package var outranks: SQL {
        if hasDistrict { return "TRUE" }
        return """
            NOT EXISTS (SELECT 1 FROM administrator r WHERE r.account_id = a.id AND (r.scope = 'district' OR EXISTS
            (SELECT 1 FROM administrator_school o WHERE o.account_id = a.id AND \(isBeyond("o.school_id")))))
            """
    }

    /// True for an account `a` that belongs to this administrator's schools alone and does not outrank them.
    package var seesWhole: SQL {
        if hasDistrict { return sees }
        return """
            \(sees) AND \(outranks) AND NOT EXISTS
            (SELECT 1 FROM membership o WHERE o.account_id = a.id AND \(isBeyond("o.school_id")))
            AND NOT EXISTS (SELECT 1 FROM enrollment o JOIN tracker t ON t.id = o.tracker_id
              WHERE o.account_id = a.id AND o.role = 'teacher' AND t.ended_at IS NULL AND \(isBeyond("t.school_id")))
            """
    }

    /// True for a school outside this administrator's named ones.
    func isBeyond(_ school: SQL) -> SQL {
        "\(school) NOT IN (SELECT h.school_id FROM administrator_school h WHERE h.account_id = \(id))"
    }

    /// True for a school `s` of this administrator.
    package var seesSchool: SQL {
        if hasDistrict { return "TRUE" }
        return "s.id IN (SELECT h.school_id FROM administrator_school h WHERE h.account_id = \(id))"
    }
}
