import Foundation

/// What a list calls a column, and what that name says of its values.
struct ListColumnName {
    enum Kind: Sendable {
        case number, given, family, whole, familyFirst, preferred, username, grade, tracker
        /// One of several surnames, which belong together in their order.
        case surname
        /// Either a whole name, or the part of it that no other column has.
        case name
        case mail
        /// Of mail or of a home: its values tell.
        case address
        case gradeOrTracker
        /// The students of this member of staff.
        case teacher
        case school
        /// Known, but FirstBell has no use for it.
        case unneeded
        /// Of health, descent, money, home or family: nothing of it may be read.
        case keptOut
    }

    let kind: Kind?
    /// From 0 to 1.
    let confidence: Double

    init(_ text: String) {
        let folded = Self.folded(text)
        // What stands in brackets explains: "Email Address [Required]".
        let plain = Self.folded(String(text.prefix { $0 != "[" && $0 != "(" }))
        let forms = [folded, Self.withoutStudent(folded), plain, Self.withoutStudent(plain)]
        if let found = forms.lazy.compactMap(ListColumnWords.found).first {
            (kind, confidence) = found
        } else if ListKeptOutWords.hold(folded, words: Self.words(text)) {
            (kind, confidence) = (.keptOut, 1)
        } else if let first = ListColumnWords.found(Self.withoutCount(folded)), Self.withoutCount(folded) != folded {
            (kind, confidence) = (first.kind, first.confidence - 0.1)
        } else {
            let isOfMail = ListKeptOutWords.isOfMail(folded)
            (kind, confidence) = (isOfMail ? .mail : nil, isOfMail ? 0.75 : 0)
        }
    }

    /// Without signs, blanks, marks and capitals. What is too long for a name is cut.
    static func folded(_ text: String) -> String {
        let small = String(String.UnicodeScalarView(text.unicodeScalars.prefix(500))).lowercased()
        var folded = String.UnicodeScalarView()
        for scalar in small.decomposedStringWithCompatibilityMapping.unicodeScalars {
            if scalar == "#" {
                folded.append(contentsOf: "number".unicodeScalars)
            } else if scalar == "ß" {
                folded.append(contentsOf: "ss".unicodeScalars)
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                folded.append(scalar)
            }
        }
        return String(folded)
    }

    /// The words of a name, each folded; "ParentEmail" has two.
    private static func words(_ text: String) -> Set<String> {
        var words: [String] = [""]
        var wasSmall = false
        for scalar in text.unicodeScalars.prefix(500) {
            let isLetter =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.canonicalCombiningClass != .notReordered
            if !isLetter || wasSmall && scalar.properties.isUppercase { words.append("") }
            if isLetter { words[words.count - 1].unicodeScalars.append(scalar) }
            wasSmall = scalar.properties.isLowercase
        }
        return Set(words.map(folded))
    }

    /// "Student email" and "correo del alumno" without the student.
    private static func withoutStudent(_ folded: String) -> String {
        for word in ["students", "student", "pupils", "pupil", "child", "learner", "schuler", "schueler"]
        where folded.hasPrefix(word) && folded != word {
            return String(folded.dropFirst(word.count))
        }
        for word in [
            "delalumno", "delalumnoa", "delaalumna", "delestudiante", "deestudiante", "delalumnado", "deleleve",
        ]
        where folded.hasSuffix(word) && folded != word {
            return String(folded.dropLast(word.count))
        }
        return folded
    }

    /// "Class 2" without its number.
    private static func withoutCount(_ folded: String) -> String {
        var scalars = folded.unicodeScalars
        while scalars.last?.properties.numericType != nil { scalars.removeLast() }
        return String(scalars)
    }
}
