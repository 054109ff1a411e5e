import Testing

@testable import Mail

@Suite struct Addresses {
    @Test(arguments: [
        "cleo@school.example", "a@b", "o'brien+tag@x-y.example", "a.b.c@1.example", "josé@school.example",
        "李@例え.example",
    ])
    func `that people have are taken`(_ text: String) {
        #expect(MailAddress(text) != nil)
    }

    @Test(arguments: [
        "", "@", "a@", "@b", "a", "a@b@c", ".a@b", "a.@b", "a..b@c", "a b@c", "a@b c", "\"a\"@b", "a@[127.0.0.1]",
        "a@-b",
        "a@b-", "a@b..c", "a@b.", "<a@b>", "a@b>", "a\r\nRCPT TO:<x@y>@b", "a@b\r\n", "a@b\n", "a\0@b", "a\u{85}@b",
        "a\u{2028}@b", "a@b\u{85}", "a,b@c", "a;b@c", "a(b)@c", "a\u{200B}@b", "a\u{202E}@b", "a@b\u{AD}c", "a\\b@c",
        "a:b@c",
        String(repeating: "a", count: 65) + "@b", "a@" + String(repeating: "b", count: 64),
        "a@" + String(repeating: "bbbbbbb.", count: 32) + "example",
    ])
    func `that could do harm or cannot exist are refused`(_ text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `have their domain in the letters of DNS`() {
        // Vectors that any implementation of IDNA gives.
        #expect(MailAddress("a@bücher.example")?.domain == "xn--bcher-kva.example")
        #expect(MailAddress("a@BU\u{308}CHER.example")?.domain == "xn--bcher-kva.example")
        #expect(MailAddress("a@例え.テスト")?.domain == "xn--r8jz45g.xn--zckzah")
        #expect(MailAddress("a@münchen-ost.de")?.domain == "xn--mnchen-ost-9db.de")
        #expect(MailAddress("a@Plain.Example")?.domain == "Plain.Example")
    }

    @Test func `need SMTPUTF8 only for their local part`() {
        #expect(MailAddress("a@bücher.example")?.needsSMTPUTF8 == false)
        #expect(MailAddress("é@b.example")?.needsSMTPUTF8 == true)
    }

    @Test func `never hold anything that ends a line or an address`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            guard let address = MailAddress(NastyText.make(upTo: 12, using: &random)) else { continue }
            let isClean = address.description.unicodeScalars.allSatisfy {
                !HeaderText.isForbidden($0) && $0 != " " && $0 != "<" && $0 != ">" && $0 != "\"" && $0 != ","
                    && $0 != ";"
            }
            #expect(isClean, "\(Array(address.description.unicodeScalars))")
            #expect(address.description.unicodeScalars.count { $0 == "@" } == 1)
        }
    }
}
