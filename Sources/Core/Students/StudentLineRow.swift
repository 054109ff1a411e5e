internal import Storage

/// A student as a list's query gives them, before their trackers are known.
struct StudentLineRow: Record {
    let id: ID<Account>
    let cursor: StudentCursor
    private let make: @Sendable ([TrackerName], [String], Bool) -> StudentLine

    static func columns(at now: Timestamp) -> SQL { columns(state: StudentState.sql(at: now)) }

    static func columns(state: SQL) -> SQL {
        """
        a.id, a.given_name, a.family_name, a.sort_name, a.username, a.address, a.mail_at, a.mail_state, a.mail_reason,
        a.card_at, a.card_ends_at, a.link_ends_at, a.grade, a.disowned_at,
        a.address_is_bad, \(state) AS state
        """
    }

    init(row: any Row) throws {
        let id: ID<Account> = try row["id"]
        self.id = id
        cursor = StudentCursor(place: try row["place"], sortName: try row["sort_name"], id: id)
        let name = PersonName.shown(given: try row["given_name"], family: try row["family_name"])
        let username: String = try row["username"]
        let address: String? = try row["address"]
        let state: StudentState = try row["state"]
        let mailAt: Timestamp? = try row["mail_at"]
        let reason: String? = try row["mail_reason"]
        let grade: String? = try row["grade"]
        let cardAt: Timestamp? = try row["card_at"]
        let cardEnds: Timestamp? = try row["card_ends_at"]
        let linkEnds: Timestamp? = try row["link_ends_at"]
        let disownedAt: Timestamp? = try row["disowned_at"]
        let isAddressBad: Bool = try row["address_is_bad"]
        let waitsUntil: Timestamp? =
            switch state {
            case .printed, .handed: cardEnds
            case .mailed, .maybe: linkEnds
            case .ranOut: max(cardEnds ?? Timestamp(milliseconds: 0), linkEnds ?? Timestamp(milliseconds: 0))
            default: nil
            }
        make = { trackers, schools, showsGrade in
            StudentLine(
                id: id, name: name, username: username, address: address, trackers: trackers, schools: schools,
                grade: showsGrade ? grade : nil, state: state, lastMailAt: mailAt, lastMailReason: reason,
                lastCardAt: cardAt, waitsUntil: waitsUntil, isDisowned: disownedAt != nil,
                isAddressBad: isAddressBad)
        }
    }

    /// As a teacher sees it.
    func line(trackers: [TrackerName]) -> StudentLine { make(trackers, [], false) }
    /// As an administrator sees it.
    func line(schools: [String]) -> StudentLine { make([], schools, true) }
}

/// Where a page of students ends: the next one begins behind it.
struct StudentCursor: Sendable, Comparable {
    let place: Int
    let sortName: String
    let id: ID<Account>

    init(place: Int, sortName: String, id: ID<Account>) {
        self.place = place
        self.sortName = sortName
        self.id = id
    }

    /// Reads `text`; nil for anything that is not a cursor.
    init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let place = Int(parts[0]), let id = ID<Account>(String(parts[1])) else { return nil }
        self.init(place: place, sortName: String(parts[2]), id: id)
    }

    /// In the order of the lists: names are compared byte by byte, as the database does.
    static func < (left: Self, right: Self) -> Bool {
        if left.place != right.place { return left.place < right.place }
        if left.sortName.utf8.elementsEqual(right.sortName.utf8) { return left.id < right.id }
        return left.sortName.utf8.lexicographicallyPrecedes(right.sortName.utf8)
    }

    var text: String { "\(place)~\(id)~\(sortName)" }
}
