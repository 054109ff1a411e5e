import Foundation
import Rendering
import Testing

@Suite struct SpreadsheetRows {
    @Test(arguments: [
        ("Ada", "Ada"), ("Moss, Ada", "\"Moss, Ada\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb", "\"a\nb\""),
        ("=1+1", "'=1+1"), ("+49", "'+49"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("\r\n=1", "\"'\r'\n'=1\""), ("Ana;=1+1", "Ana;'=1+1"), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
        ("\u{FF1D}1", "'\u{FF1D}1"), ("a=1", "a=1"), ("", ""), ("שרה לוי", "שרה לוי"), ("e\u{301}", "e\u{301}"),
    ])
    func `hold every text as a cell that is no formula`(text: String, cell: String) {
        #expect(SpreadsheetRow([text, "x"]).text.utf8.elementsEqual("\(cell),x\r\n".utf8))
    }

    @Test func `hold moments that sort`() throws {
        let zone = try #require(TimeZone(identifier: "America/Denver"))
        #expect(
            SpreadsheetRow.moment(Date(timeIntervalSince1970: 1_788_256_807), zone) == "2026-09-01 04:00:07")
    }
}
