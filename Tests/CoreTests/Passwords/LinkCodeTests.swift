import Testing

@testable import Core

@Suite struct TheCodesOfLinks {
    private let keyring: Keyring

    init() throws { keyring = try Keyring(keys: [Array(0..<32), Array(32..<64)]) }

    private func code(_ number: Int, _ key: String = "k1") throws -> LinkCode {
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: 13 * number + $0) }
        return try LinkCode(link: ID(bytes: bytes), keyID: try #require(KeyID(key)), keyring: keyring)
    }

    // Computed apart from this code. Codes in mails must go on working.
    @Test func `are the same as ever`() throws {
        let codes = try (1...6).map { try code($0).text.value }
        #expect(
            codes == [
                "3PR-W76-C7P", "7VX-DDY-R79", "M96-7MC-8Y9",
                "6JP-WTD-MXM", "4TD-DYX-V77", "HXC-3P6-RWH",
            ])
        #expect(try code(1, "k2").text.value == "CTJ-2M6-RYV")
    }

    @Test func `are of letters that do not look alike and spell nothing`() throws {
        for number in 0..<500 {
            let text = try code(number).text.value
            #expect(text.wholeMatch(of: /[2346789CDHJMPRTVWXY]{3}(-[2346789CDHJMPRTVWXY]{3}){2}/) != nil, "\(text)")
        }
    }

    @Test func `are taken however they are typed, and no other is`() throws {
        let code = try code(1)
        let text = code.text.value
        let bare = text.replacing("-", with: "")
        for typed in [text, bare, text.lowercased(), text.replacing("-", with: " "), "\u{2014}\(bare)\u{A0}"] {
            #expect(code.matches(Redacted(typed)), "\(typed)")
        }
        for wrong in [
            "", "---", String(bare.dropLast()), bare + "2", String(bare.reversed()), try self.code(2).text.value,
        ] {
            #expect(!code.matches(Redacted(wrong)), "\(wrong)")
        }
        #expect(!code.matches(Redacted(String(repeating: " ", count: 10_000) + bare)))
        #expect("\(code)".contains(text) == false)
    }

    @Test func `need their key`() throws {
        #expect(throws: KeyringProblem.self) { try code(1, "k3") }
    }
}
