import Testing

@testable import SMTP

@Suite struct TheServersAddress {
    @Test func `says how the line is encrypted`() throws {
        let submission = try SMTPServer(url: "smtp://mail.example", password: nil)
        #expect((submission.security, submission.port) == (.startTLS, 587))
        let wrapped = try SMTPServer(url: "smtps://u%40x@mail.example", password: "p")
        #expect((wrapped.security, wrapped.port) == (.implicitTLS, 465))
        #expect(wrapped.login == SMTPLogin(user: "u@x", password: "p"))
        #expect(try SMTPServer(url: "smtp://[::1]:25?tls=none", password: nil).security == .none)
    }

    @Test func `is plain only on this machine`() {
        for host in ["mail.example", "127.0.0.1.example", "10.0.0.1", "127.0.0.x"] {
            #expect(throws: SMTPServerProblem.plainBeyondThisMachine(host: host)) {
                try SMTPServer(url: "smtp://\(host)?tls=none", password: nil)
            }
        }
    }

    @Test(arguments: [
        "", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example/path",
        "smtp://mail.example?tls=maybe",
        "smtp://a b", "smtp://\r\nx",
    ])
    func `that is none is refused`(_ url: String) {
        #expect(throws: SMTPServerProblem.notAnAddress) { try SMTPServer(url: url, password: nil) }
    }

    @Test func `holds no password, and needs one for its user`() {
        #expect(throws: SMTPServerProblem.passwordInAddress) {
            try SMTPServer(url: "smtp://u:p@mail.example", password: nil)
        }
        #expect(throws: SMTPServerProblem.userWithoutPassword) {
            try SMTPServer(url: "smtp://u@mail.example", password: nil)
        }
        #expect(throws: SMTPServerProblem.passwordWithoutUser) {
            try SMTPServer(url: "smtp://mail.example", password: "p")
        }
    }

    @Test func `shows no password when it is printed`() throws {
        let server = try SMTPServer(url: "smtp://maria@mail.example", password: "hush-hush")
        #expect(!"\(server)".contains("hush"))
        #expect(!String(reflecting: server).contains("hush"))
    }
}
