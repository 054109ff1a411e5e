import Core
import Testing

@Suite struct ThePasswordRules {
    typealias Verdict = PasswordRules.Problem?
    private static let short: Verdict = .tooShort(minimum: 12)

    /// Of Zoë Núñez-Ortega, `zoe.f31`, at Maple Grove Elementary: what a student is told, then a member of staff.
    private static let table: [(password: String, student: Verdict, staff: Verdict)] = [
        // Short and long are counted in code points after NFC.
        ("", .tooShort(minimum: 8), short), ("kw9#Lm2", .tooShort(minimum: 8), short),
        ("n\u{303}andu\u{301}7", .tooShort(minimum: 8), short), ("kw9#Lm2$", nil, short),
        (String(repeating: "kw9#Lm2$", count: 32), nil, nil),
        (String(repeating: "kw9#Lm2$", count: 32) + "x", .tooLong, .tooLong),
        (String(repeating: "a", count: 1_000_000), .tooLong, .tooLong),
        // Whole passwords that everybody tries, and how they are dressed up.
        ("password", .tooEasy, short), ("P@ssw0rd", .tooEasy, short), ("Password1!", .tooEasy, short),
        ("12345678", .tooEasy, short), ("iloveyou", .tooEasy, short), ("monkey123", .tooEasy, short),
        ("qwerty123456", .tooEasy, .tooEasy), ("soccer soccer", .tooEasy, .tooEasy), ("Summer2026", .tooEasy, short),
        ("thisismypassword", .tooEasy, .tooEasy),
        // Patterns: keys, letters in a row, repeats, dates.
        ("zaq12wsx", .tooEasy, short), ("abcdefgh", .tooEasy, short), ("aaaaaaaa", .tooEasy, short),
        ("        ", .tooEasy, short), ("20140917", .tooEasy, short),
        ("\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}", .tooEasy, short),
        // The person, the school and we.
        ("zoenunez", .isName, short), ("Zo\u{EB} N\u{FA}\u{F1}ez", .isName, short),
        ("Ortega-Zoe 2014", .isName, .isName),
        ("zoe.f31!", .isName, short), ("zoe eats pizza", nil, .isName), ("zoe likes green frogs", nil, nil),
        ("Maple Grove 1", .tooEasy, .tooEasy), ("FirstBell2026", .tooEasy, .tooEasy),
        // Good ones, more of it asked of staff.
        ("purple taco", nil, short), ("dinosaur party", nil, .tooEasy), ("blue horse rain", nil, nil),
        ("my cat is fat", nil, nil), ("gato con sombrero", nil, nil), ("h8fj2kd9", nil, short),
        ("\u{43C}\u{43E}\u{439} \u{43A}\u{43E}\u{442} \u{440}\u{44B}\u{436}\u{438}\u{439}", nil, nil),
        ("\u{1F431}\u{1F32E}\u{1F680}\u{1F3B8}\u{1F422}\u{1F335}\u{1F355}\u{1F388}", nil, short),
        ("correct horse battery", nil, nil),
    ]

    private let person = PasswordRules.Person(
        names: ["Zo\u{EB}", "N\u{FA}\u{F1}ez-Ortega"], username: "zoe.f31", places: ["Maple Grove Elementary"])

    private func problem(_ password: String, _ kind: AccountKind, temporary: TemporaryPassword? = nil) -> Verdict {
        PasswordRules(for: kind).problem(with: Redacted(password), of: person, temporary: temporary)
    }

    @Test func `decide forty passwords`() {
        #expect(Self.table.count == 40)
        for (password, student, staff) in Self.table {
            #expect(problem(password, .student) == student, "student: \(password.prefix(40))")
            #expect(problem(password, .staff) == staff, "staff: \(password.prefix(40))")
        }
    }

    @Test func `refuse the temporary password however it is typed`() throws {
        let keyring = try Keyring(keys: [Array(0..<32)])
        let temporary = try TemporaryPassword(
            credential: ID(bytes: (13..<29).map { $0 }), keyID: keyring.current, form: .en1, keyring: keyring)
        for typed in ["happy-mirror-bedtime-5", "Happy Mirror Bedtime 5", "HAPPYMIRRORBEDTIME5"] {
            #expect(problem(typed, .student, temporary: temporary) == .isTemporary)
            #expect(problem(typed, .student) == nil)
        }
        #expect(problem("happy mirror bedtime 6", .student, temporary: temporary) == nil)
    }

    @Test func `know nothing of a person without a name`() {
        let nobody = PasswordRules.Person(names: ["", "Li"], username: "", places: [])
        let rules = PasswordRules(for: .student)
        #expect(rules.problem(with: Redacted("blue horse rain"), of: nobody) == nil)
        #expect(rules.problem(with: Redacted("firstbell"), of: nobody) == .tooEasy)
    }

    @Test(arguments: PasswordForm.allCases) func `take their own ideas`(form: PasswordForm) throws {
        var random = Counting()
        var ideas: Set<String> = []
        for _ in 0..<100 {
            for kind in [AccountKind.student, .staff] {
                let idea = try PasswordRules(for: kind).idea(form: form, using: &random)
                #expect(idea.split(separator: " ").count == 3)
                #expect(problem(idea, kind) == nil, "\(idea)")
                ideas.insert(idea)
            }
        }
        #expect(ideas.count == 200)
        var same = Counting()
        #expect(ideas.contains(try PasswordRules(for: .student).idea(form: form, using: &same)))
    }

    /// SplitMix64, so that a failure can be repeated.
    private struct Counting: RandomNumberGenerator {
        private var state: UInt64 = 1
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var number = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
            return number ^ (number >> 31)
        }
    }
}
