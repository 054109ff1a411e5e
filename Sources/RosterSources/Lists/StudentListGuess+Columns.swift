extension StudentListGuess {
    typealias Guess = (meaning: StudentListMeaning, confidence: Double)

    /// What one column holds, by itself.
    static func first(_ name: ListColumnName, _ content: ListContent, hasHeader: Bool) -> Guess {
        // Whatever a column is called, birthdays are not read from it; only an id may look like one.
        let isOfDays = name.kind != .number && name.kind != .username && content.mostly(ListContent.isDay)
        if name.kind == .keptOut || isOfDays { return (.keptOut, 1) }
        guard let kind = name.kind else { return unnamed(content, hasHeader: hasHeader) }
        let sure = name.confidence
        switch kind {
        case .number: return number(content, sure)
        case .given: return (.givenName, sure)
        case .family, .surname: return (.familyName, sure)
        case .whole: return (.wholeName, content.mostly(hasComma) ? sure + 0.1 : 0.5)
        case .familyFirst: return (.wholeNameFamilyFirst, content.mostly(hasComma) ? 0.95 : 0.6)
        case .name: return (.wholeName, content.mostly(hasComma) ? 0.85 : 0.5)
        case .preferred: return (.preferredName, sure)
        case .mail:
            let isOne = content.values.isEmpty || content.part(ListContent.isAddress) >= 0.5
            return isOne ? (.address, sharesMany(content) ? 0.6 : sure) : (.ignored, 0.5)
        case .address: return content.mostly(ListContent.isAddress) ? (.address, 0.75) : (.keptOut, 1)
        case .username: return (.username, sure)
        case .grade: return grade(content, sure)
        case .gradeOrTracker: return content.mostly(ListContent.isGrade) ? (.grade, sure) : (.tracker, 0.85)
        case .tracker: return (.tracker, sure)
        case .teacher: return (.tracker, 0.6)
        case .school, .unneeded: return (.ignored, 0.95)
        case .keptOut: return (.keptOut, 1)
        }
    }

    /// A column whose name says nothing.
    private static func unnamed(_ content: ListContent, hasHeader: Bool) -> Guess {
        if content.values.isEmpty || content.countsRows { return (.ignored, 0.9) }
        if content.mostly(ListContent.isGender) { return (.keptOut, 1) }
        if content.mostly(ListContent.isAddress) {
            return (.address, hasHeader || sharesMany(content) ? 0.6 : 0.85)
        }
        if content.isDistinct, content.mostly(ListContent.isNumber) {
            // As long as this, it may be a telephone's.
            let isShort = content.values.allSatisfy { $0.utf8.count < 10 }
            return (.number, hasHeader || !isShort ? 0.6 : 0.75)
        }
        guard !hasHeader else { return (.ignored, 0.8) }
        if content.mostly(ListContent.isTracker) { return (.tracker, 0.6) }
        if !content.isDistinct, content.mostly(ListContent.isGrade) { return (.grade, 0.6) }
        if content.isDistinct, content.mostly(ListContent.isUsername) { return (.username, 0.6) }
        return (.ignored, 0.75)
    }

    private static func number(_ content: ListContent, _ sure: Double) -> Guess {
        if sure > 0.6 { return (.number, content.part(ListContent.isAddress) > 0.5 ? 0.6 : sure) }
        // "No." mostly counts the rows, and tells nobody apart next year.
        if content.countsRows { return (.ignored, 0.85) }
        return (.number, content.isDistinct && content.part { $0.utf8.count > 3 } > 0.8 ? 0.9 : sure)
    }

    /// A school's "grade" is a year, or a mark.
    private static func grade(_ content: ListContent, _ sure: Double) -> Guess {
        if content.values.isEmpty { return (.grade, sure) }
        if content.part(ListContent.isMark) >= 0.5 { return (.ignored, 0.5) }
        if content.mostly(ListContent.isGrade) { return (.grade, 0.95) }
        return content.mostly(ListContent.isTracker) ? (.tracker, 0.75) : (.grade, 0.75)
    }

    /// True where many have an address together: brothers and sisters, and so their parents'.
    private static func sharesMany(_ content: ListContent) -> Bool {
        Double(Set(content.values.map { $0.lowercased() }).count) < Double(content.values.count) * 0.9
    }

    static func hasComma(_ text: String) -> Bool { WholeName(parting: text) != nil }
}
