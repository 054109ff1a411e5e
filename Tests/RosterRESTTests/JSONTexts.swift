import Testing

@testable import RosterREST

@Suite struct JSONTexts {
    @Test(
        arguments: [
            (#"{"a":"x\u00e9\n\/\ud83d\ude00\""}"#, "xé\n/😀\""), (#"{"a":0032e}"#, nil),
            (#"{"a":12345678901234567890}"#, "12345678901234567890"),
            (#"{"a":true}"#, "true"), (#"{"a":null}"#, ""),
            (#"{"a":{"href":"h","sourcedId":"s1","type":"org"}}"#, "s1"),
            (#"{"a":[{"sourcedId":"s1"},{"sourcedId":"s2"},[],null]}"#, "s1,s2"), (#"{"a":"\ud83d"}"#, "\u{FFFD}"),
            (#"{"a":"x","a":"y"}"#, "x"), ("\u{FEFF}{\"a\": \"x\"} ", "x"), (#"{"a":"x}"#, nil), (#"{"a":"x"},"#, nil),
            (#"{"a" "x"}"#, nil),
            (#"{"a":"\x"}"#, nil), (#"{"a":"\"#, nil), (#"{"a":"\u12"}"#, nil), ("{\"a\":\"\u{1}\"}", nil),
            (#"{"a":tru}"#, nil),
            (#"{"a":NaN}"#, nil), (#"{"a":infinity}"#, nil), (#"{"a":}"#, nil), (#"{,}"#, nil), (#"{"a":1,}"#, nil),
            ("", nil), ("[]", nil),
            (#"{"b":[1,{"c":[true,false]}],"a":"x"}"#, "x"), (#"{"a":{"sourcedId":{"sourcedId":"s"}}}"#, ""),
        ] as [(String, String?)])
    func `are read, or refused`(text: String, value: String?) {
        var scanner = JSONScanner(Array(text.utf8))
        #expect((try? scanner.document(keeping: ["a"]))?["a"]?.text == value)
    }

    @Test func `are refused where they are no UTF-8`() {
        var scanner = JSONScanner(Array(#"{"a":""#.utf8) + [0xFF] + Array("\"}".utf8))
        #expect(throws: JSONScanner.Fault.malformed) { try scanner.document(keeping: ["a"]) }
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func `are refused where they are nested too deep`(opening: String, closing: String) {
        for isKept in [true, false] {
            let text =
                #"{"a":"# + String(repeating: opening, count: 40) + "1" + String(repeating: closing, count: 40) + "}"
            var scanner = JSONScanner(Array(text.utf8))
            #expect(throws: JSONScanner.Fault.tooDeep) { try scanner.document(keeping: isKept ? ["a"] : []) }
        }
    }
}

@Suite struct LinksToTheNextPage {
    @Test(
        arguments: [
            (#"<https://a/users?offset=2>; rel="next""#, "https://a/users?offset=2"),
            (#"<https://a/users?o=0>; rel="first", <https://a/users?o=2>; title="x"; rel=next"#, "https://a/users?o=2"),
            (#"<https://a/users?o=0>; rel="last next", <b>; rel="prev""#, "https://a/users?o=0"),
            (#"<https://a/users?o=0>; rel="prev""#, nil), ("", nil), ("<", nil), ("rel=next", nil),
            (#"<a>; rel="nextish""#, nil),
        ] as [(String, String?)])
    func `are found, and no others`(header: String, address: String?) {
        #expect(LinkHeader.next(in: [header]) == address)
    }
}
