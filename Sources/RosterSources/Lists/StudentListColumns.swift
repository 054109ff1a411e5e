/// Where the values of a list of students stand.
struct StudentListColumns {
    let number, username, address, preferred, grade: Column
    let trackers: [Column]
    private let given, family: [Column]
    private let whole: Column
    private let isFamilyFirst: Bool

    init(_ shape: StudentListShape) {
        func places(_ meaning: StudentListMeaning) -> [Int] {
            shape.columns.indices.filter { shape.columns[$0].meaning == meaning }
        }
        func one(_ meaning: StudentListMeaning) -> Column { Column(indexes: places(meaning)) }
        func several(_ meaning: StudentListMeaning) -> [Column] { places(meaning).map { Column(indexes: [$0]) } }
        number = one(.number)
        username = one(.username)
        address = one(.address)
        preferred = one(.preferredName)
        grade = one(.grade)
        trackers = several(.tracker)
        given = several(.givenName)
        family = several(.familyName)
        let last = one(.wholeName)
        isFamilyFirst = last.isAbsent
        whole = last.isAbsent ? one(.wholeNameFamilyFirst) : last
    }

    var hasNames: Bool { !given.isEmpty || !family.isEmpty || !whole.isAbsent }

    /// The name in the present row; empty where it has none.
    func name(in table: RosterTable) -> WholeName {
        func joined(_ columns: [Column]) -> String {
            columns.map { table.text($0) }.filter { !$0.isEmpty }.joined(separator: " ")
        }
        let text = table.text(whole)
        var name = text.isEmpty ? WholeName() : WholeName(text, isFamilyFirst: isFamilyFirst)
        let (given, family) = (joined(given), joined(family))
        if text.isEmpty || !given.isEmpty && !family.isEmpty { (name.given, name.family) = (given, family) }
        return name
    }
}
