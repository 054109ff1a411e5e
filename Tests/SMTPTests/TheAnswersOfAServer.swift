import NIOCore
import Testing

@testable import SMTP

@Suite struct TheAnswersOfAServer {
    private func read(_ pieces: [String]) throws -> [SMTPReply] {
        var reader = ReplyReader()
        var replies: [SMTPReply] = []
        for piece in pieces {
            reader.take(ByteBuffer(string: piece))
            while let reply = try reader.next() { replies.append(reply) }
        }
        return replies
    }

    @Test func `are whole only with their last line`() throws {
        #expect(try read(["250-mail.test\r\n250-SIZE 10\r\n"]).isEmpty)
        #expect(
            try read(["250-mail.test\r\n25", "0 SIZE 10\r\n"]) == [
                SMTPReply(code: 250, lines: ["mail.test", "SIZE 10"])
            ])
    }

    @Test func `may have no text and end with a bare line feed`() throws {
        #expect(try read(["250\r\n354 \n"]) == [SMTPReply(code: 250, lines: [""]), SMTPReply(code: 354, lines: [""])])
    }

    @Test(arguments: [
        "hello\r\n", "25\r\n", "2x0 a\r\n", "150 a\r\n", "650 a\r\n", "250_a\r\n", "250-a\r\n251 b\r\n", "\r\n",
        "\0\0\0\n",
    ])
    func `that are no answers are garbage`(_ text: String) {
        #expect(throws: ConnectionFault.garbage) { try read([text]) }
    }

    @Test func `are read in bounded memory`() {
        #expect(throws: ConnectionFault.garbage) { try read([String(repeating: "2", count: 5_000)]) }
        #expect(throws: ConnectionFault.garbage) { try read([String(repeating: "250-x\r\n", count: 101)]) }
        #expect(throws: ConnectionFault.garbage) { try read(["250 " + String(repeating: "x", count: 5_000) + "\r\n"]) }
    }

    @Test func `name features in any case and old spellings`() {
        let features = ServerFeatures(
            SMTPReply(
                code: 250, lines: ["mail.test", "starttls", "Size 1000", "auth=plain LOGIN", "SMTPUTF8", "8bitmime"]))
        #expect(features.startTLS && features.smtpUTF8 && features.eightBitMIME && features.takesSize)
        #expect(features.sizeLimit == 1000)
        #expect(features.mechanisms == ["PLAIN", "LOGIN"])
        #expect(ServerFeatures(SMTPReply(code: 250, lines: ["STARTTLS", "SIZE 0"])).sizeLimit == nil)
        #expect(!ServerFeatures(SMTPReply(code: 250, lines: ["STARTTLS"])).startTLS)
    }
}
