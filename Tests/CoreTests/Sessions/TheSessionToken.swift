import Core
import Testing

@Suite struct TheSessionToken {
    @Test func `is 43 characters that nobody can foresee, and prints as dots`() {
        let tokens = (0..<100).map { _ in SessionToken.new() }
        #expect(Set(tokens.map(\.text.value)).count == 100)
        #expect(tokens.allSatisfy { $0.text.value.utf8.count == 43 })
        #expect(tokens.allSatisfy { SessionToken(cookie: $0.text.value) == $0 })
        #expect(tokens.allSatisfy { !"\($0)".contains($0.text.value) })
    }

    @Test func `is kept as its SHA-256 alone`() throws {
        let token = try #require(SessionToken(cookie: String(repeating: "A", count: 43)))
        #expect(token.digest == "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a")
    }

    @Test(arguments: [("", 0), ("A", 1), ("A", 42), ("A", 44), ("=", 43), ("é", 43), ("é", 21)])
    func `is not read from anything else`(sign: String, count: Int) {
        #expect(SessionToken(cookie: String(repeating: sign, count: count)) == nil)
    }
}
