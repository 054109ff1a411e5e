/// Random text, rich in what breaks mails.
enum NastyText {
    private static let scalars: [Unicode.Scalar] = [
        "\r", "\n", "\u{85}", "\0", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\t", "\u{7F}", "\u{301}", "\u{200D}",
        "\u{202E}",
        "a", "Z", "é", "ß", "李", "😀", "@", ".", "-", "<", ">", "\"", "\\", ",", ";", ":", " ", "=", "?", "_", "{", "%",
        "&",
    ]
    private static let phrases = [
        "\r\nBcc: x@evil.example", "\r\n\r\n", "\r\n.\r\n", "\n.\n", "=?utf-8?B?DQo=?=", "=\r\n", "--=_", "{{name}}",
        "<script>",
    ]

    static func make(upTo length: Int, using random: inout some RandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &random) {
            if Int.random(in: 0..<12, using: &random) == 0 {
                text.append(contentsOf: (phrases.randomElement(using: &random) ?? "").unicodeScalars)
            } else {
                text.append(scalars.randomElement(using: &random) ?? "a")
            }
        }
        return String(text)
    }
}
