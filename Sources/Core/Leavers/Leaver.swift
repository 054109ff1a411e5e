package import Storage

/// Somebody whom a roster names no more, and who has not come back.
package struct Leaver: Sendable, Equatable {
    package let id: ID<Account>
    package let kind: AccountKind
    package let name: String
    package let username: String
    package let number: String?
    package let school: String?
    package let leftAt: Timestamp
    /// Why they are not erased, whatever time has passed; nil for most.
    package let kept: KeptReason?
    package init(
        id: ID<Account>, kind: AccountKind, name: String, username: String, number: String? = nil,
        school: String? = nil, leftAt: Timestamp, kept: KeptReason? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.username = username
        self.number = number
        self.school = school
        self.leftAt = leftAt
        self.kept = kept
    }
}

/// Why somebody who left is never erased until a person has settled it.
package enum KeptReason: String, Sendable, CaseIterable, SQLDecodable {
    case administrator
    case byHand
    /// The address or the username was given by a person.
    case pinned
    /// A row of a roster may be them, and nobody has answered yet.
    case asked
    /// A mail is leaving at this moment.
    case mailed

    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        try row.text(column).flatMap(Self.init)
    }
}

/// What the list of those who left is narrowed to.
package struct LeaverFilter: Sendable, Equatable {
    package enum Group: String, Sendable, CaseIterable { case left, archived, due, kept }
    package enum Place: Sendable, Equatable {
        case anywhere, nowhere
        case school(ID<School>)
    }
    package var group: Group
    package var place: Place
    /// The last line of the page before this one, as `LeaverList.next` gave it; nil for the first page.
    package var after: String?
    package init(group: Group = .left, place: Place = .anywhere, after: String? = nil) {
        self.group = group
        self.place = place
        self.after = after
    }
}

/// One page of those who left, the longest ago first.
package struct LeaverList: Sendable, Equatable {
    package let lines: [Leaver]
    /// Where the next page begins; nil on the last page.
    package let next: String?
    package init(lines: [Leaver], next: String?) {
        self.lines = lines
        self.next = next
    }
}

/// How many left a school, each counted at the main one.
package struct LeaverCount: Sendable, Equatable {
    /// nil for those without a school.
    package let school: School?
    package var left: Int
    package var archived: Int
    /// Of the archived: who may be erased now.
    package var due: Int
    /// Of the archived: for whom it is time, and who are kept all the same.
    package var kept: Int
    package init(school: School?, left: Int, archived: Int, due: Int = 0, kept: Int = 0) {
        self.school = school
        self.left = left
        self.archived = archived
        self.due = due
        self.kept = kept
    }
}

/// Where a page of those who left ends: the next one begins behind it.
struct LeaverCursor: Sendable {
    let leftAt: Timestamp
    let id: ID<Account>

    init(leftAt: Timestamp, id: ID<Account>) {
        self.leftAt = leftAt
        self.id = id
    }

    init(_ leaver: Leaver) { self.init(leftAt: leaver.leftAt, id: leaver.id) }

    /// Reads `text`; nil for anything that is not a cursor.
    init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let id = ID<Account>(String(parts[1])) else { return nil }
        self.leftAt = Timestamp(milliseconds: at)
        self.id = id
    }

    var text: String { "\(leftAt.milliseconds)~\(id)" }
}
