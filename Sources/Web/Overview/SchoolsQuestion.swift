import Core

/// Which schools the overview shows, in which order, and which hundred of them.
struct SchoolsQuestion: Sendable, Equatable {
    enum Order: String, Sendable, CaseIterable { case share, need, name }

    var order = Order.share
    /// Part of a school's name; empty for all.
    var search = ""
    /// From 0.
    var page = 0

    static let pageSize = 100
    /// From so many schools on there is something to search.
    static let searchable = 12

    init(order: Order = .share) { self.order = order }

    init(_ query: Query) {
        order = query["sort"].flatMap(Order.init) ?? .share
        search = String(String.UnicodeScalarView((query["q"] ?? "").unicodeScalars.prefix(200)))
        page = max(0, min(query["page"].flatMap(Int.init) ?? 1, 100_000) - 1)
    }

    /// The schools that fit, in order; those without students come last.
    func found(in schools: [SchoolLine]) -> [SchoolLine] {
        let words = SortName.key(family: search, given: "").split(separator: " ")
        let fitting = schools.filter { school in
            let name = SortName.key(family: school.name, given: "")
            return words.allSatisfy { name.contains($0) }
        }
        return switch order {
        case .name: fitting.sorted { $0.sortName < $1.sortName }
        case .share: fitting.sorted { ($0.order, $0.sortName) < ($1.order, $1.sortName) }
        case .need:
            fitting.sorted { (-$0.counts[.needsYou], $0.sortName) < (-$1.counts[.needsYou], $1.sortName) }
        }
    }

    func address(page: Int) -> String {
        LocalAddress.of(
            "/admin",
            [
                ("q", search), ("sort", order == .share ? nil : order.rawValue),
                ("page", page == 0 ? nil : "\(page + 1)"),
            ])
    }
}

extension SchoolLine {
    fileprivate var sortName: String { SortName.key(family: name, given: "") }
    /// Nobody is active or on the way.
    var hasNotStarted: Bool { counts.members > 0 && counts[StudentState.active] == 0 && counts[.onTheWay] == 0 }
    /// Whole percent of active students, never rounded up to 100.
    var share: Int { counts.members == 0 ? 0 : counts[StudentState.active] * 100 / counts.members }
    /// Empty schools come last.
    var order: Int { counts.members == 0 ? 101 : share }
}

extension StateCounts {
    /// Everybody but the suspended.
    var members: Int { total - self[.out] }
}
