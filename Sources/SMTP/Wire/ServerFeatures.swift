/// What a server has said it can do, in its answer to EHLO (RFC 5321 section 4.1.1.1). Keywords in any case.
struct ServerFeatures: Sendable, Equatable {
    private(set) var startTLS = false
    private(set) var eightBitMIME = false
    private(set) var smtpUTF8 = false
    private(set) var pipelining = false
    private(set) var deliveryReports = false
    /// In bytes; nil without SIZE or without a limit (RFC 1870).
    private(set) var sizeLimit: Int?
    private(set) var takesSize = false
    private(set) var mechanisms: Set<String> = []
    /// The keywords, as the server ordered them.
    private(set) var names: [String] = []

    init(_ reply: SMTPReply) {
        for line in reply.lines.dropFirst() {
            // Some old servers write "AUTH=PLAIN".
            let words = line.uppercased().split { $0 == " " || $0 == "=" }
            if let name = words.first, !names.contains(String(name)) { names.append(String(name)) }
            switch words.first {
            case "STARTTLS": startTLS = true
            case "8BITMIME": eightBitMIME = true
            case "SMTPUTF8": smtpUTF8 = true
            case "PIPELINING": pipelining = true
            case "DSN": deliveryReports = true
            case "SIZE":
                takesSize = true
                sizeLimit = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            case "AUTH": mechanisms.formUnion(words.dropFirst().map(String.init))
            default: continue
            }
        }
    }
}
