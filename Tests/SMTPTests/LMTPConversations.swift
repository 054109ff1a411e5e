import Core
import Foundation
import Testing

@testable import SMTP

/// What we say to a mail server that hands over what came back, without a line between.
@Suite struct LMTPConversations {
    private static let mail = "bounces+aaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa@mail.district.example"
    private static let other = "BOUNCES+BAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA@mail.district.example"

    private func events(_ text: String, pieces: [Int] = [.max], limit: Int = 1_000) -> [LMTPDialogue.Event] {
        var dialogue = LMTPDialogue(host: "mail.district.example", messageLimit: limit)
        var rest = Array(text.utf8)[...]
        var events: [LMTPDialogue.Event] = []
        var turn = 0
        while !rest.isEmpty {
            dialogue.add(rest.prefix(pieces[turn % pieces.count]))
            rest = rest.dropFirst(pieces[turn % pieces.count])
            turn += 1
            while let event = dialogue.next() {
                events.append(event)
                if case .goodbye = event { return events }
            }
        }
        return events
    }

    /// The codes of the replies; `message` for one that came.
    private func codes(_ text: String, limit: Int = 1_000) -> [String] {
        events(text, limit: limit).map { event in
            switch event {
            case .reply(let text), .goodbye(let text): String(text.prefix(3))
            case .message: "message"
            }
        }
    }

    @Test func `hand over a message with each of its recipients`() throws {
        let talk = """
            LHLO mail\r\nMAIL FROM:<> SIZE=40 BODY=8BITMIME\r\nRCPT TO:<\(Self.mail)>\r\nRCPT TO: <\(Self.other)> NOTIFY=NEVER\r
            DATA\r\nSubject: x\r\n\r\n..\r\n.a\r\n.\r\nQUIT\r\n
            """
        let heard = events(talk)
        #expect(codes(talk) == ["250", "250", "250", "250", "354", "message", "221"])
        #expect(
            heard[5]
                == .message(
                    LMTPMessage(
                        sender: "", recipients: [Self.mail, Self.other],
                        bytes: Array("Subject: x\r\n\r\n.\r\na\r\n".utf8))))
        guard case .reply(let hello) = heard[0] else { return #expect(Bool(false)) }
        for feature in ["PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "250 SIZE 1000"] {
            #expect(hello.contains(feature))
        }
    }

    @Test func `are the same in whatever pieces their bytes come`() {
        let talk = """
            LHLO mail\r\nNOOP\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<\(Self.mail)>\r\nDATA\r\n.x\r\n\r.\r\n..\r\ny\n.\nz\r\n.\r\r\n.\r\nRSET\r\nQUIT\r\n
            """
        let whole = events(talk)
        #expect(whole.count == 8)
        for pieces in [[1], [2], [3, 1], [7, 2, 5], [1, 64]] { #expect(events(talk, pieces: pieces) == whole) }
        guard case .message(let message) = whole[5] else { return #expect(Bool(false)) }
        // Only CR LF, a dot and CR LF end a message: nothing is smuggled in behind another line end.
        #expect(message.bytes == Array("x\r\n\r.\r\n.\r\ny\n.\nz\r\n\r\r\n".utf8))
    }

    @Test(arguments: [
        ("MAIL FROM:<>", "503"), ("EHLO mail", "500"), ("HELO mail", "500"), ("LHLO", "501"), ("NOOP", "250"),
        ("RSET", "250"), ("VRFY x", "252"), ("QUIT", "221"), ("DATA", "503"), ("RCPT TO:<x@y>", "503"), ("", "500"),
        ("hello", "500"), ("NO\u{0}OP", "500"), ("NOOP\u{7F}", "500"),
    ])
    func `begin with LHLO`(_ line: String, _ code: String) {
        #expect(codes("\(line)\r\n") == [code])
    }

    @Test(arguments: [
        ("LHLO again", "250"), ("MAIL FROM:x@y", "501"), ("MAIL TO:<x@y>", "501"), ("MAIL FROM:<x@y", "501"),
        ("MAIL FROM:<x@y> SIZE=1001", "552"), ("MAIL FROM:<x@y> SIZE=many", "552"), ("mail from:<x@y>", "250"),
        ("MAIL FROM:<> SIZE=99999999999999999999", "552"), ("RCPT TO:<\(mail)>", "503"), ("DATA", "503"),
    ])
    func `take one step after the other`(_ line: String, _ code: String) {
        #expect(codes("LHLO mail\r\n\(line)\r\n") == ["250", code])
    }

    @Test(arguments: [
        ("RCPT TO:<bounces@mail.district.example>", "550"), ("RCPT TO:<\(mail.dropFirst(8))>", "550"),
        ("RCPT TO:<\(mail)>", "250"), ("rcpt to:<\(other)>", "250"), ("RCPT FROM:<\(mail)>", "501"),
        ("DATA", "503"), ("MAIL FROM:<>", "503"),
    ])
    func `are only about what comes back`(_ line: String, _ code: String) {
        #expect(codes("LHLO mail\r\nMAIL FROM:<>\r\n\(line)\r\n") == ["250", "250", code])
    }

    @Test func `say of a message that is too large that it is, and go on`() {
        let long = String(repeating: "0123456789\r\n", count: 100)
        let mail = "MAIL FROM:<>\r\nRCPT TO:<\(Self.mail)>\r\nDATA\r\n"
        let heard = events("LHLO mail\r\n\(mail)\(long).\r\n\(mail)short\r\n.\r\n")
        #expect(heard.count == 9)
        #expect(heard[4] == .message(LMTPMessage(sender: "", recipients: [Self.mail], bytes: nil)))
        #expect(heard[8] == .message(LMTPMessage(sender: "", recipients: [Self.mail], bytes: Array("short\r\n".utf8))))
    }

    @Test func `end with whoever does not end`() {
        #expect(codes(String(repeating: "x", count: 3_000)) == ["500"])
        #expect(codes(String(repeating: "x\r\n", count: 100)).last == "421")
        #expect(codes(String(repeating: "NOOP\r\n", count: 20_000)).count == 10_001)
        let crowd = String(repeating: "RCPT TO:<\(Self.mail)>\r\n", count: 101)
        #expect(codes("LHLO mail\r\nMAIL FROM:<>\r\n\(crowd)").last == "452")
    }

    @Test(arguments: [
        "unix:/run/firstbell/lmtp", "127.0.0.1:2424", "[::1]:24", "localhost:2424",
    ])
    func `are held on this machine`(_ address: String) { #expect(LMTPAddress(address) != nil) }

    @Test(arguments: [
        "", "2424", "0.0.0.0:2424", "10.0.0.1:2424", "mail.district.example:24", "unix:", "unix:lmtp", "127.0.0.1:",
        "127.0.0.1:0", "127.0.0.1:65536", "unix:/\(String(repeating: "x", count: 107))", "127.0.0.1.evil.example:24",
    ])
    func `and nowhere else`(_ address: String) { #expect(LMTPAddress(address) == nil) }
}
