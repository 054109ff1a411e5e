import Core

/// By what a list tells its students apart: the best that it has.
enum StudentListKey {
    case number, username, address
    /// With the names that more than one student has.
    case name(shared: Set<String>)

    /// Looks through the rows until the best that there can be is found.
    init(_ columns: StudentListColumns, in table: RosterTable) throws {
        let columnsOfKeys = [columns.number, columns.username, columns.address]
        let possible = columnsOfKeys.firstIndex { !$0.isAbsent } ?? 3
        var best = 3
        var seen: Set<String> = []
        var shared: Set<String> = []
        while possible == 3 || best > possible, try table.next() {
            best = columnsOfKeys[..<min(best, 3)].firstIndex { !table.text($0).isEmpty } ?? best
            if best == 3, columns.hasNames {
                let key = Self.folded(columns.name(in: table))
                if !key.isEmpty, !seen.insert(key).inserted { shared.insert(key) }
            }
        }
        switch best {
        case 0: self = .number
        case 1: self = .username
        case 2: self = .address
        default: self = .name(shared: shared)
        }
    }

    /// A name as it is compared.
    static func folded(_ name: WholeName) -> String {
        SortName.key(family: name.family, given: name.given).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
