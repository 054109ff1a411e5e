import Core
import Mail

/// One conversation of LMTP (RFC 2033) from the server's side, without a line: bytes in, replies and messages out.
struct LMTPDialogue {
    enum Event: Equatable {
        case reply(String)
        /// To be answered with one reply for each recipient.
        case message(LMTPMessage)
        /// The last reply: the line is closed after it.
        case goodbye(String)
    }

    static let lineLimit = 2_048
    static let recipientLimit = 100
    private static let complaintLimit = 20
    private static let commandLimit = 10_000

    private enum Phase: Equatable {
        case stranger, idle
        case mail(sender: String, recipients: [String])
        case data(sender: String, recipients: [String])
    }

    private let host: String
    private var phase = Phase.stranger
    private var buffer: [UInt8] = []
    private var body: LMTPBody
    private var commands = 0
    private var complaints = 0

    init(host: String, messageLimit: Int) {
        self.host = host
        body = LMTPBody(limit: messageLimit)
    }

    var greeting: String { "220 \(host) LMTP FirstBell" }

    mutating func add(_ bytes: some Sequence<UInt8>) { buffer += bytes }

    /// What the bytes so far lead to next; nil when more are needed.
    mutating func next() -> Event? {
        if case .data(let sender, let recipients) = phase { return finish(sender, recipients) }
        guard let end = buffer.firstIndex(of: 10), end <= Self.lineLimit else {
            return buffer.count > Self.lineLimit ? .goodbye("500 5.5.2 The line is too long") : nil
        }
        var line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        if line.last == 13 { line.removeLast() }
        commands += 1
        guard commands <= Self.commandLimit else { return .goodbye("421 4.7.0 That is enough for one connection") }
        let event = answer(to: line)
        if case .reply(let text) = event, text.hasPrefix("5") {
            complaints += 1
            if complaints > Self.complaintLimit { return .goodbye("421 4.7.0 Too many errors") }
        }
        return event
    }

    private mutating func finish(_ sender: String, _ recipients: [String]) -> Event? {
        let (used, isWhole) = body.take(buffer)
        buffer.removeSubrange(..<used)
        if body.isEndless { return .goodbye("552 5.3.4 The message does not end") }
        guard isWhole else { return nil }
        phase = .idle
        return .message(
            LMTPMessage(sender: sender, recipients: recipients, bytes: body.isTooLarge ? nil : body.bytes))
    }

    private mutating func answer(to line: [UInt8]) -> Event {
        guard line.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return .reply("500 5.5.2 What is that?") }
        let text = String(decoding: line, as: UTF8.self)
        let verb = text.unicodeScalars.prefix { $0 != " " }
        let rest = String(text.unicodeScalars.dropFirst(verb.count + 1))
        switch String(verb).uppercased() {
        case "LHLO": return hello(rest)
        case "MAIL": return mail(rest)
        case "RCPT": return recipient(rest)
        case "DATA": return data(rest)
        case "RSET":
            if phase != .stranger { phase = .idle }
            return .reply("250 2.0.0 Forgotten")
        case "NOOP": return .reply("250 2.0.0 Nothing done")
        case "VRFY": return .reply("252 2.1.5 Send some mail and see")
        case "QUIT": return .goodbye("221 2.0.0 Goodbye")
        case "HELO", "EHLO": return .reply("500 5.5.1 This is LMTP: say LHLO")
        default: return .reply("500 5.5.1 Unknown command")
        }
    }

    private mutating func hello(_ name: String) -> Event {
        guard !name.isEmpty else { return .reply("501 5.5.4 Say who you are") }
        phase = .idle
        let features = ["PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "SIZE \(body.limit)"]
        let lines = ["\(host)"] + features
        return .reply(
            lines.enumerated().map { index, line in "250\(index == lines.count - 1 ? " " : "-")\(line)" }
                .joined(separator: "\r\n"))
    }

    private mutating func mail(_ rest: String) -> Event {
        guard phase == .idle else {
            return .reply(phase == .stranger ? "503 5.5.1 Say LHLO first" : "503 5.5.1 One mail after the other")
        }
        guard let (sender, parameters) = Self.path(rest, after: "FROM:") else {
            return .reply("501 5.5.4 Say MAIL FROM:<address>")
        }
        for parameter in parameters where parameter.uppercased().hasPrefix("SIZE=") {
            // What is no number is larger than any.
            guard Int(parameter.dropFirst(5)) ?? .max <= body.limit else {
                return .reply("552 5.3.4 The message is too large")
            }
        }
        phase = .mail(sender: sender, recipients: [])
        return .reply("250 2.1.0 Go on")
    }

    private mutating func recipient(_ rest: String) -> Event {
        guard case .mail(let sender, let recipients) = phase else { return .reply("503 5.5.1 Say MAIL first") }
        guard let (recipient, _) = Self.path(rest, after: "TO:") else {
            return .reply("501 5.5.4 Say RCPT TO:<address>")
        }
        guard !ReturnToken.all(in: recipient).isEmpty else {
            return .reply("550 5.1.1 Only what comes back is taken here")
        }
        guard recipients.count < Self.recipientLimit else { return .reply("452 4.5.3 Too many recipients") }
        phase = .mail(sender: sender, recipients: recipients + [recipient])
        return .reply("250 2.1.5 Go on")
    }

    private mutating func data(_ rest: String) -> Event {
        guard rest.isEmpty else { return .reply("501 5.5.4 DATA stands alone") }
        guard case .mail(let sender, let recipients) = phase, !recipients.isEmpty else {
            return .reply("503 5.5.1 Say RCPT first")
        }
        phase = .data(sender: sender, recipients: recipients)
        body = LMTPBody(limit: body.limit)
        return .reply("354 Go on, and end with a dot")
    }

    /// `FROM:<address> NAME=value …`; a blank after the colon is forgiven.
    private static func path(_ text: String, after word: String) -> (address: String, parameters: [String])? {
        let scalars = text.unicodeScalars
        guard String(scalars.prefix(word.utf8.count)).uppercased() == word else { return nil }
        let rest = scalars.dropFirst(word.utf8.count).drop { $0 == " " }
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let address = String(rest[rest.index(after: rest.startIndex)..<end])
        let parameters = rest[rest.index(after: end)...].split(separator: " ").map { String($0) }
        return (address, parameters)
    }
}

/// A message as LMTP hands it over.
struct LMTPMessage: Sendable, Equatable {
    /// Empty for what came from nobody.
    let sender: String
    let recipients: [String]
    /// nil for what is too large.
    let bytes: [UInt8]?
}
