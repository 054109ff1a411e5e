import Core
import Testing

@Suite struct UsernameTests {
    private let maker = UsernameMaker(blocked: ["ass", "butt"])

    private func name(
        _ given: String, _ family: String, year: Int? = 2031, number: String? = nil, taken: Set<String> = []
    ) -> String {
        let person = UsernameMaker.Person(givenName: given, familyName: family, leavingYear: year, number: number)
        return maker.name(for: person) { taken.contains($0) }
    }

    @Test(arguments: [
        ("Cleo", "Park", "cleo.p31"), ("Ømer", "Łukasz", "omer.l31"), ("Zoë", "de la Garza", "zoe.d31"),
        ("Mary Ann", "O'Hara", "maryann.o31"), ("Jean-Luc", "Œuvrard", "jean-luc.o31"),
        ("Straße", "Ægir", "strasse.a31"),
        ("Мария", "Иванова", "maria.i31"), ("Madonna", "", "madonna31"),
        ("Maximiliana-Theodora", "Papadopoulos", "maximiliana-theo.p31"),
    ])
    func `a made name is the given name, a letter and the leaving year`(given: String, family: String, made: String) {
        #expect(name(given, family) == made)
    }

    @Test func `without a leaving year no number is guessed`() { #expect(name("Cleo", "Park", year: nil) == "cleo.p") }

    @Test func `a clash takes more letters of the family name and then numbers`() {
        var taken: Set<String> = ["ben.l31"]
        #expect(name("Ben", "Lee", taken: taken) == "ben.le31")
        taken.formUnion(["ben.le31", "ben.lee31"])
        #expect(name("Ben", "Lee", taken: taken) == "ben.l31-2")
        for number in 2...300 { taken.insert("ben.l31-\(number)") }
        #expect(name("Ben", "Lee", taken: taken) == "ben.l31-301")
    }

    @Test func `a rude join takes one letter more and nobody's own name is rude`() {
        #expect(name("But", "Tan") == "but.ta31")
        #expect(name("Jo", "Assam", taken: ["jo.a31", "jo.as31"]) == "jo.assa31")
        #expect(name("Cassandra", "Bell") == "cassandra.b31")
    }

    @Test func `a name that leaves no letter becomes s and the number`() {
        #expect(name("♥", "♣", number: "00412") == "s00412")
    }

    @Test(arguments: [
        ("José", "JOSÉ"), ("e\u{301}va", "Éva"), ("ΝΊΚΟΣ", "νίκος"), ("STRASSE", "straße"), ("cleo.P31", "Cleo.p31"),
    ])
    func `names are compared folded`(left: String, right: String) { #expect(Username.key(left) == Username.key(right)) }

    @Test func `a mark makes another name`() { #expect(Username.key("jose") != Username.key("josé")) }

    @Test(arguments: [
        "", "a b", "a\tb", "a\r\nb", "a\u{00A0}b", "a\u{202E}b", "a\u{200B}b", String(repeating: "a", count: 129),
    ])
    func `what cannot be typed or seen is no username`(name: String) { #expect(!Username.isValid(name)) }

    @Test(arguments: ["7", "李明", "o'hara", "cleo@school.example", "S-00412/B", String(repeating: "é", count: 128)])
    func `whatever else the roster sends is kept`(name: String) { #expect(Username.isValid(name)) }

    @Test func `an address is compared in small letters and keeps dots and tags`() {
        #expect(Address.key("C.Park+School@Example.ORG") == "c.park+school@example.org")
        for bad in ["park", "@example.org", "park@", "a b@example.org", "a@b@c", "a@b\r\nBcc: x", "<a@b.c>"] {
            #expect(Address.key(bad) == nil)
        }
    }
}
