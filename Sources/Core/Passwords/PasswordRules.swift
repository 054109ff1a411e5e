import CZxcvbn
import Foundation

/// What an own password must be: long enough and hard to guess. No rule asks for kinds of characters.
package struct PasswordRules: Sendable {
    /// Why a password is not taken. The words for it are the pages' business.
    package enum Problem: Sendable, Equatable {
        case tooShort(minimum: Int)
        case tooLong
        case tooEasy
        /// It is the temporary password, however written.
        case isTemporary
        /// It is the short code of the mail, however written.
        case isCode
        /// It is made of the person's name or username, or would do without them.
        case isName
    }

    /// What a guesser who knows the person would try first.
    package struct Person: Sendable {
        let own: [String]
        let places: [String]
        /// Given and family name, username, and the names of schools and district.
        package init(names: [String], username: String, places: [String]) {
            own = Self.words(in: names + [username])
            self.places = Self.words(in: places + ["FirstBell"])
        }

        /// The whole and its parts of at least three letters, lower case, as written and without accents.
        private static func words(in texts: [String]) -> [String] {
            let wholes = texts.map { $0.lowercased() }
            let parts = wholes.flatMap { $0.split { !$0.isLetter }.map(String.init) }
            let words = (wholes + parts).filter { $0.unicodeScalars.count >= 3 }
            return Set(words + words.map(TemporaryPassword.canonical)).filter { !$0.isEmpty }.sorted()
        }
    }

    /// The most code points that a password may have, whoever chooses it.
    package static let longest = 256

    /// The fewest code points, after NFC.
    package let minimum: Int
    /// The fewest guesses by zxcvbn's count, as bits: 10^5 for students, 10^8 for staff.
    private let bits: Double

    package init(for kind: AccountKind) {
        switch kind {
        case .student: (minimum, bits) = (8, 5 * Self.bitsPerDigit)
        case .staff: (minimum, bits) = (12, 8 * Self.bitsPerDigit)
        }
    }

    private static let bitsPerDigit = 3.321_928_094_887_362

    /// What is wrong with a password, the first thing first; nil when it may be taken.
    package func problem(
        with password: Redacted<String>, of person: Person, temporary: TemporaryPassword? = nil, code: LinkCode? = nil
    ) -> Problem? {
        guard password.value.utf8.count <= 8 * Self.longest else { return .tooLong }
        let text = password.value.precomposedStringWithCanonicalMapping
        let length = text.unicodeScalars.count
        if length < minimum { return .tooShort(minimum: minimum) }
        if length > Self.longest { return .tooLong }
        if let temporary, temporary.matches(password) { return .isTemporary }
        if let code, code.matches(password) { return .isCode }
        // zxcvbn's time grows fast with length, and what follows the first hundred can only make it harder.
        let seen = String(text.unicodeScalars.prefix(100))
        if isMade(seen, of: person.own) { return .isName }
        if isMade(seen, of: person.own + person.places) { return .tooEasy }
        if Self.bits(of: seen, knowing: person.own + person.places) >= bits { return nil }
        return Self.bits(of: seen, knowing: person.places) >= bits ? .isName : .tooEasy
    }

    /// Three words to build on, from random numbers given in, joined by blanks; these rules take them as they are.
    package func idea<Random: RandomNumberGenerator>(form: PasswordForm, using random: inout Random) throws -> String {
        let list = try WordList.of(form)
        while true {
            let words = (0..<3).map { _ in list.words[Int.random(in: 0..<list.words.count, using: &random)] }
            let idea = words.joined(separator: " ")
            if list.allows(words), idea.utf8.count >= minimum, Self.bits(of: idea, knowing: []) >= bits { return idea }
        }
    }

    /// Whether nothing but these words is in it, digits and signs aside.
    private func isMade(_ text: String, of words: [String]) -> Bool {
        var rest = TemporaryPassword.canonical(text).filter(\.isLetter)
        guard !rest.isEmpty else { return false }
        for word in words.map({ $0.filter(\.isLetter) }).sorted(by: { $0.count > $1.count }) where !word.isEmpty {
            rest = rest.replacing(word, with: "")
        }
        return rest.isEmpty
    }

    /// The guesses to expect, as bits: zxcvbn's count as typed and without case, blanks and accents, the lower of both,
    /// since it takes a blank or an accent for a surprise. It counts bytes, so few different characters are seen to here.
    private static func bits(of text: String, knowing words: [String]) -> Double {
        let plain = TemporaryPassword.canonical(text)
        guard Set(plain.unicodeScalars).count >= 4 else { return 0 }
        return min(guesses(text, words), guesses(plain, words))
    }

    /// The library keeps no state, so any thread may ask.
    private static func guesses(_ text: String, _ words: [String]) -> Double {
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        var known = copies.map { UnsafePointer($0) } + [nil]
        return ZxcvbnMatch(text, &known, nil)
    }
}
