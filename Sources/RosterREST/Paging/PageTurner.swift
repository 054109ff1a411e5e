import Core

/// Decides which page comes next and when all have come, and finds out servers that lie.
struct PageTurner {
    private let collection: OneRosterCollection
    private let first: Query
    private var known: Set<UInt64> = []
    private var firstPage: UInt64?
    private(set) var rows = 0
    /// All rows, by the server's word.
    private(set) var announced: Int?
    private var hadLink = false
    /// More rows than any district has.
    private static let mostRows = 20_000_000

    init(_ collection: OneRosterCollection, _ first: Query) {
        self.collection = collection
        self.first = first
    }

    /// Takes note of a page; the query of the next one, nil after the last. Throws `RosterRefused` for a lie.
    mutating func next(after page: JSONPage, _ answer: ServiceAnswer) throws -> Query? {
        let name = collection.name
        if let count = answer.count {
            guard let said = Int(count), said >= 0 else { throw ServiceFault.countUnreadable(name) }
            if let announced, announced != said { throw ServiceFault.countChanged(name) }
            announced = said
        }
        if page.count > 0, !known.insert(page.fingerprint).inserted {
            throw page.fingerprint == firstPage ? ServiceFault.offsetIgnored(name) : ServiceFault.repeated(name)
        }
        firstPage = firstPage ?? page.fingerprint
        rows += page.count
        guard rows <= announced ?? Self.mostRows else {
            throw ServiceFault.countWrong(name, said: announced ?? Self.mostRows, seen: rows)
        }
        if let next = try following(page, answer) { return next }
        guard rows == announced ?? rows else {
            throw ServiceFault.countWrong(name, said: announced ?? rows, seen: rows)
        }
        return nil
    }

    private mutating func following(_ page: JSONPage, _ answer: ServiceAnswer) throws -> Query? {
        // A page without rows is the end, or there might be none. Whether all have come then says the count alone: where a
        // link promises more, and nobody counts, the roster may be cut short.
        guard page.count > 0 else {
            if rows > 0, announced == nil, LinkHeader.next(in: answer.links) != nil {
                throw ServiceFault.emptyPage(collection.name)
            }
            return nil
        }
        if let link = LinkHeader.next(in: answer.links) {
            hadLink = true
            return try query(of: link)
        }
        if hadLink || rows == announced { return nil }
        // A server may give fewer rows than we ask for: without a count only an empty page shows that all have come.
        var next = first
        next["offset"] = String(rows)
        return next
    }

    /// Of a link only the query is followed, and at our own address: what stands behind a proxy often does not know its name.
    private func query(of link: String) throws -> Query {
        let parts = link.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: "/").last.map(String.init)
        guard parts.count == 2, path == collection.name || parts[0].isEmpty else {
            throw ServiceFault.elsewhere(link)
        }
        return Query(reading: parts[1].prefix { $0 != "#" })
    }
}
