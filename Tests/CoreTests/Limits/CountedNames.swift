import Core
import Testing

@Suite struct CountedNames {
    @Test(arguments: [
        ("sissi@school.example", "ſiſſi@school.example"), ("sissi@school.example", "sıssı@school.example"),
        ("sissi@school.example", "SISSI@School.example"), ("mike@k.example", "mi\u{212A}e@k.example"),
        ("éva@school.example", "ÉVA@school.example"), ("éva@school.example", "e\u{301}va@school.example"),
        ("strauß", "STRAUSS"),
    ])
    func `are one, however a name is spelled that finds one account`(name: String, other: String) {
        #expect(Username.key(name) == Username.key(other))
        #expect(Throttle(name: name) == Throttle(name: other))
    }

    @Test func `are two where the names find two accounts`() {
        #expect(Throttle(name: "ben@school.example") != Throttle(name: "ben@school.test"))
        #expect(Throttle(name: "eva") != Throttle(name: "éva"))
    }
}
