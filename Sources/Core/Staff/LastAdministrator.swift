import Storage

/// Nothing was changed: the one who asks has lost the rights to it meanwhile, or the district would have had no
/// administrator left who can sign in.
package struct LastAdministrator: Error, Sendable, Equatable { package init() {} }

extension SQL {
    /// True while the district keeps an administrator who can sign in when this person no longer is one.
    ///
    /// It belongs into the `WHERE` of the very statement that takes something from the person: of two administrators who
    /// take each other's rights at once, the second finds the first's change, or is run again and finds it then
    /// (`SERIALIZABLE`), since each reads the row that the other writes.
    static func districtKeepsAnAdministrator(without person: ID<Account>) -> SQL {
        """
        EXISTS (SELECT 1 FROM administrator k JOIN account o ON o.id = k.account_id WHERE k.scope = 'district'
          AND k.account_id <> \(person) AND o.active_at IS NOT NULL AND o.suspended_at IS NULL)
        """
    }
}

extension Administrator {
    /// True while this administrator still is one, at the moment of the statement: a request may be older than that.
    var stillActs: SQL {
        let scope: SQL = hasDistrict ? "k.scope = 'district'" : "TRUE"
        return """
            EXISTS (SELECT 1 FROM administrator k JOIN account o ON o.id = k.account_id WHERE k.account_id = \(id)
              AND \(scope) AND o.active_at IS NOT NULL AND o.suspended_at IS NULL)
            """
    }
}
