extension StudentListGuess {
    static let names: Set<StudentListMeaning> = [.givenName, .familyName, .wholeName, .wholeNameFamilyFirst]

    /// Which part of a name a column holds that only says "name", and what else that makes needless.
    mutating func settleNames() {
        for index in columns.indices where names[index].kind == .name && columns[index].meaning == .wholeName {
            switch (has(.givenName), has(.familyName)) {
            case (true, true): put(.ignored, 0.8, at: index)
            case (true, false): put(.familyName, 0.9, at: index)
            case (false, true): put(.givenName, 0.9, at: index)
            case (false, false): break
            }
        }
        let wholes = columns.indices.filter { [.wholeName, .wholeNameFamilyFirst].contains(columns[$0].meaning) }
        guard !wholes.isEmpty else { return }
        if has(.givenName), has(.familyName) {
            for index in wholes { put(.ignored, 0.9, at: index) }
        } else {
            for index in columns.indices where [.givenName, .familyName].contains(columns[index].meaning) {
                put(.ignored, 0.6, at: index)
            }
        }
    }

    /// Of several columns for one thing the surest keeps it; where two are as sure, a person is asked.
    mutating func settleRivals() {
        for meaning in StudentListMeaning.allCases where !meaning.mayBeSeveral && !Self.names.contains(meaning) {
            keepBest(of: columns.indices.filter { columns[$0].meaning == meaning })
        }
        keepBest(of: columns.indices.filter { [.wholeName, .wholeNameFamilyFirst].contains(columns[$0].meaning) })
        keepBest(of: columns.indices.filter { columns[$0].meaning == .givenName })
        let families = columns.indices.filter { columns[$0].meaning == .familyName }
        let pieces = families.filter { names[$0].kind == .surname }
        if pieces.count == families.count { return settleTeachers() }
        for index in pieces { put(.ignored, 0.8, at: index) }
        keepBest(of: families.filter { names[$0].kind != .surname })
        settleTeachers()
    }

    /// A teacher's name is a class's where the list has no other.
    private mutating func settleTeachers() {
        let teachers = columns.indices.filter { names[$0].kind == .teacher }
        let hasOthers = columns.indices.contains { columns[$0].meaning == .tracker && names[$0].kind != .teacher }
        for index in hasOthers ? teachers[...] : teachers.dropFirst() { put(.ignored, 0.8, at: index) }
    }

    /// Names where no column is called so: a person has to say which part is which.
    mutating func guessNames(hasHeader: Bool) {
        var found: [Int] = []
        for index in columns.indices where columns[index].meaning == .ignored && names[index].kind == nil {
            let content = contents[index]
            guard content.mostly(ListContent.isName) else { continue }
            // Words that come again and again may be anything, and are shown to nobody before somebody says what they are.
            let isRepeated = content.values.count > 3 && Set(content.values).count * 2 <= content.values.count
            if hasHeader || !isRepeated { found.append(index) }
        }
        guard let first = found.first else { return }
        if contents[first].mostly(Self.hasComma) {
            put(.wholeName, hasHeader ? 0.6 : 0.85, at: first)
        } else if found.count == 1 || contents[first].mostly({ $0.contains(" ") }) {
            put(.wholeName, 0.5, at: first)
        } else {
            put(.familyName, 0.5, at: first)
            put(.givenName, 0.5, at: found[1])
        }
    }

    private mutating func keepBest(of rivals: [Int]) {
        guard let best = rivals.max(by: { columns[$0].confidence < columns[$1].confidence }), rivals.count > 1 else {
            return
        }
        let most = columns[best].confidence
        let first = rivals.first { columns[$0].confidence == most } ?? best
        for index in rivals where index != first {
            if columns[index].confidence == most {
                put(.ignored, 0.5, at: index)
                columns[first].confidence = 0.5
            } else {
                put(.ignored, 0.8, at: index)
            }
        }
    }

    private func has(_ meaning: StudentListMeaning) -> Bool { columns.contains { $0.meaning == meaning } }

    private mutating func put(_ meaning: StudentListMeaning, _ confidence: Double, at index: Int) {
        columns[index].meaning = meaning
        columns[index].confidence = confidence
    }
}
