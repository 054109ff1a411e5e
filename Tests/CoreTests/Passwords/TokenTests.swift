import Testing

@testable import Core

@Suite struct TheTokens {
    private let keyring: Keyring
    private let key: KeyID

    init() throws {
        keyring = try Keyring(keys: [Array(0..<32), Array(32..<64)])
        key = try #require(KeyID("k1"))
    }

    private func bytes(_ number: Int) -> [UInt8] { (0..<16).map { UInt8(truncatingIfNeeded: 13 * number + $0) } }

    private func link() throws -> String {
        try ActivationToken(id: ID(bytes: bytes(1)), keyID: key, keyring: keyring).text.value
    }

    private func card() throws -> String {
        try CardToken(sheet: ID(bytes: bytes(1)), credential: ID(bytes: bytes(2)), keyID: key, keyring: keyring)
            .text.value
    }

    private func isAccepted(link text: String) throws -> Bool {
        try ActivationToken.parse(text)?.verify(keyID: key, keyring: keyring) ?? false
    }

    private func isAccepted(card text: String) throws -> Bool {
        try CardToken.parse(text)?.verify(keyID: key, keyring: keyring) ?? false
    }

    // Computed apart from this code. Links in mails and codes on paper must go on working.
    @Test func `are the same as ever`() throws {
        #expect(try link() == "DQ4PEBESExQVFhcYGRobHHAw6uIN2H3DC0XV6f36HtA")
        #expect(try card() == "DQ4PEBESExQVFhcYGRobHBobHB0eHyAhIiMkJSYnKCkCVGFVfqr7PvlCjcMH_8lJ")
    }

    @Test func `give their ids back and prove them`() throws {
        let link = try #require(ActivationToken.parse(try link()))
        #expect(link.id.bytes == bytes(1))
        #expect(try link.verify(keyID: key, keyring: keyring))
        let card = try #require(CardToken.parse(try card()))
        #expect(card.sheet.bytes == bytes(1))
        #expect(card.credential.bytes == bytes(2))
        #expect(try card.verify(keyID: key, keyring: keyring))
    }

    @Test func `are refused with any one character changed`() throws {
        let link = Array(try link())
        for index in link.indices {
            for other in "AZaz09-_" where other != link[index] {
                var changed = link
                changed[index] = other
                #expect(try !isAccepted(link: String(changed)))
            }
        }
        let card = Array(try card())
        for index in card.indices {
            for other in "AZaz09-_" where other != card[index] {
                var changed = card
                changed[index] = other
                #expect(try !isAccepted(card: String(changed)))
            }
        }
    }

    @Test func `have one text only: what carries leftover bits is no token`() throws {
        // 43 characters hold two bits more than 32 bytes; "A" ends with zeros there, "B" to "D" do not.
        let text = String(try link().dropLast())
        let written = try link().last
        let readable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".filter {
            ActivationToken.parse(text + String($0)) != nil
        }
        #expect(readable == "AEIMQUYcgkosw048")
        #expect(try readable.filter { try isAccepted(link: text + String($0)) } == written.map(String.init))
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "A", count: 42) + "=", String(repeating: "A", count: 42) + "+",
        String(repeating: "A", count: 42) + "/", String(repeating: "A", count: 42) + "\u{0}",
        String(repeating: "A", count: 41) + "\u{E9}", String(repeating: "A", count: 1_000_000),
        String(repeating: "A", count: 63), String(repeating: "A", count: 65), String(repeating: "A", count: 63) + " ",
    ])
    func `are never read from garbled text`(text: String) {
        #expect(ActivationToken.parse(text) == nil)
        #expect(CardToken.parse(text) == nil)
    }

    @Test func `need the key that their row names`() throws {
        let link = try #require(ActivationToken.parse(try link()))
        #expect(try !link.verify(keyID: keyring.current, keyring: keyring))
        let card = try #require(CardToken.parse(try card()))
        #expect(try !card.verify(keyID: keyring.current, keyring: keyring))
        let lost = try #require(KeyID("k9"))
        #expect(throws: KeyringProblem.missing(lost)) { try link.verify(keyID: lost, keyring: keyring) }
        #expect(throws: KeyringProblem.missing(lost)) { try card.verify(keyID: lost, keyring: keyring) }
    }

    @Test func `do not join one sheet with another card`() throws {
        let first = try #require(CardToken.parse(try card())).text.value
        let other = try CardToken(
            sheet: ID(bytes: bytes(3)), credential: ID(bytes: bytes(2)), keyID: key, keyring: keyring
        ).text.value
        #expect(try !isAccepted(card: String(other.prefix(22)) + String(first.dropFirst(22))))
    }

    @Test func `do not show themselves`() throws {
        let link = try ActivationToken(id: ID(bytes: bytes(1)), keyID: key, keyring: keyring)
        #expect("\(link.text)" == "•••")
    }

    @Test func `have ids of 128 random bits`() {
        let ids = (0..<200).map { _ in ID<ActivationLink>.random().bytes }
        #expect(Set(ids).count == 200)
        // Each bit is sometimes set and sometimes not: there are no bits for a version.
        for bit in 0..<128 {
            let set = ids.count { $0[bit / 8] & (1 << (bit % 8)) != 0 }
            #expect((1..<200).contains(set))
        }
    }
}
