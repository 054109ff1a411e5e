import Core

extension StudentFilter {
    /// The filter of an address. What cannot be read narrows nothing.
    init(_ query: Query) {
        self.init(
            state: query["state"].flatMap(StudentState.init), tracker: query["tracker"].flatMap(ID<Tracker>.init),
            school: query["school"].flatMap(ID<School>.init),
            grade: query["grade"].flatMap { $0.isEmpty ? nil : String($0.prefix(100)) },
            search: String((query["q"] ?? "").prefix(200)), order: query["sort"].flatMap(Order.init) ?? .need,
            after: query["after"])
    }
}

extension StudentsNotice {
    /// What an address says was just done, and to whom; the name is looked up through the person asking.
    static func subject(in query: Query) -> (student: ID<Account>, notice: @Sendable (String) -> StudentsNotice)? {
        let kinds: [(String, @Sendable (String) -> StudentsNotice)] = [
            ("mailed", { .mailed(name: $0) }), ("unlocked", { .unlocked(name: $0) }),
            ("address", { .addressChanged(name: $0) }), ("settled", { .settled(name: $0) }),
            ("aside", { .putOff(name: $0) }),
        ]
        for (name, notice) in kinds {
            if let id = query[name].flatMap(ID<Account>.init) { return (id, notice) }
        }
        return nil
    }

    /// Where the person came from, at the student's row, with a line that says what was done.
    static func address(_ list: String?, done: String, to student: ID<Account>, at door: StudentDoor = .people)
        -> String
    {
        let back = back(list, at: door)
        return "\(back)\(back.contains("?") ? "&" : "?")\(done)=\(student)#s-\(student)"
    }

    /// The list or page of the student that the person came from.
    static func back(_ list: String?, at door: StudentDoor) -> String {
        LocalPath.allowed(list).flatMap { $0.hasPrefix(door.list) ? $0 : nil } ?? door.list
    }
}
