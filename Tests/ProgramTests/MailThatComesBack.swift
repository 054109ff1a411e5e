import Core
import Foundation
import Glibc
import Storage
import StorageSQLite
import Testing

@Suite(.timeLimit(.minutes(5))) struct MailThatComesBack {
    static let settings = ["FIRSTBELL_BOUNCE_ADDRESS": "bounces@mail.district.example"]

    @Test func `is taken from a pipe, while the server runs or not`() async throws {
        try await Machine.open { machine in
            try await machine.fillDistrict(students: 120)
            let mails = try await machine.sentMails()
            @Sendable func bounce(_ report: Data, settings: [String: String] = Self.settings) async throws -> String? {
                let ended = try await machine.succeed("mail", "bounce", "--json", settings: settings, input: report)
                return try ended.objects().first?["fate"]
            }
            #expect(try await bounce(mails[0].report) == "bounced")
            #expect(try await bounce(mails[0].report) == "unchanged")
            #expect(try await bounce(mails[1].forged) == "foreign")
            #expect(try await bounce(Data("Hello".utf8)) == "foreign")
            #expect(try await bounce(Data()) == "foreign")
            #expect(try await bounce(mails[1].report + Data(repeating: 120, count: 2_000_000)) == "too-large")
            #expect(try await machine.bounced() == 1)
            let unset = try await machine.run("mail", "bounce", input: mails[1].report)
            #expect(unset.code == 75)
            #expect(unset.errors.contains("FIRSTBELL_BOUNCE_ADDRESS is not set"))

            let socket = "\(machine.folder)/lmtp"
            let maildir = try machine.maildir()
            let settings = Self.settings.merging([
                "FIRSTBELL_BOUNCE_LMTP": "unix:\(socket)", "FIRSTBELL_BOUNCE_MAILDIR": maildir,
            ]) { $1 }
            let server = try await machine.serve(settings: settings)
            #expect(try await bounce(mails[1].report) == "bounced")
            let named = try await machine.succeed(
                "mail", "bounce", "--recipient", mails[2].returns, settings: settings, input: mails[3].withoutReturn)
            #expect(named.output.contains("The mail came back."))
            #expect(try await machine.bounced() == 3)

            try mails[4].report.write(to: URL(filePath: "\(maildir)/new/1.mail"))
            try await eventually("the Maildir was read") { try await machine.bounced() == 4 }
            try await eventually("the socket is there") { FileManager.default.fileExists(atPath: socket) }
            let doctor = try await machine.run("doctor", settings: settings)
            #expect(doctor.code == 0, "\(doctor.output)")
            for word in [
                "Mail comes back to bounces@mail.district.example", "by a Maildir and LMTP",
                "A mail last came back on", "can be used", "LMTP listens and greets: mail.district.example",
            ] {
                #expect(doctor.output.contains(word), "\(word)")
            }
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
    }

    @Test func `is lost at no kill`() async throws {
        try await Machine.open { machine in
            try await machine.fillDistrict(students: 240)
            let mails = try await machine.sentMails()
            try #require(mails.count > 50)
            let maildir = try machine.maildir()
            for (number, mail) in mails.enumerated() {
                try mail.report.write(to: URL(filePath: "\(maildir)/new/\(number).mail"))
            }
            let settings = Self.settings.merging(["FIRSTBELL_BOUNCE_MAILDIR": maildir]) { $1 }
            var noted = 0
            for _ in 0..<5 {
                let server = try machine.begin("serve", settings: settings)
                let before = noted
                try await eventually("some more were noted", within: .seconds(60)) {
                    noted = try await machine.bounced()
                    return noted > before || noted == mails.count
                }
                server.signal(SIGKILL)
                await server.wait()
            }
            let server = try await machine.serve(settings: settings)
            try await eventually("the Maildir is empty", within: .seconds(60)) {
                try FileManager.default.contentsOfDirectory(atPath: "\(maildir)/new").isEmpty
            }
            server.signal(SIGTERM)
            #expect(try await server.ended().code == 0)
            #expect(try await machine.bounced() == mails.count)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(maildir)/cur").isEmpty)
        }
    }

    @Test func `is asked about with settings that can work`() async throws {
        try await Machine.open { machine in
            for (setting, value) in [
                ("FIRSTBELL_BOUNCE_ADDRESS", "nobody"),
                ("FIRSTBELL_BOUNCE_ADDRESS", "a-very-long-local-part@x.example"),
                ("FIRSTBELL_BOUNCE_LMTP", "0.0.0.0:24"), ("FIRSTBELL_BOUNCE_LMTP", "unix:lmtp"),
            ] {
                let settings = Self.settings.merging([setting: value]) { $1 }
                let server = try await machine.run("serve", settings: settings)
                #expect(server.code == 1 && server.errors.contains(setting), "\(value)")
                let doctor = try await machine.run("doctor", settings: settings)
                #expect(doctor.code == 1 && doctor.output.contains("wrong  bounces"), "\(value)")
            }
            let alone = try await machine.run("serve", settings: ["FIRSTBELL_BOUNCE_MAILDIR": machine.folder])
            #expect(alone.code == 1 && alone.errors.contains("FIRSTBELL_BOUNCE_ADDRESS is not set"))
            let empty = Self.settings.merging(["FIRSTBELL_BOUNCE_MAILDIR": machine.folder]) { $1 }
            let doctor = try await machine.run("doctor", settings: empty)
            #expect(doctor.code == 1 && doctor.output.contains("\(machine.folder)/new"))
        }
    }
}

/// A mail that has left, with reports about it.
private struct SentMail: Sendable {
    let returns: String
    private let isForgedBy: String

    init(_ id: ID<OutgoingMail>, to address: String, _ keyring: Keyring) throws {
        let token = try ReturnToken(mail: id, address: address, keyID: keyring.current, keyring: keyring).description
        returns = "bounces+\(token)@mail.district.example"
        isForgedBy = "bounces+\(token.dropLast())\(token.hasSuffix("a") ? "b" : "a")@mail.district.example"
    }

    var report: Data { report(to: returns) }
    var forged: Data { report(to: isForgedBy) }
    var withoutReturn: Data { report(to: "bounces@mail.district.example") }

    private func report(to address: String) -> Data {
        Data(
            """
            Return-Path: <>
            From: MAILER-DAEMON@mail.district.example
            To: \(address)
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Final-Recipient: rfc822; somebody@school.example
            Action: failed
            Status: 5.1.1
            --b--

            """.utf8)
    }
}

extension Machine {
    fileprivate func sentMails() async throws -> [SentMail] {
        let keyring = try Keyring.open(folder: keyring)
        let look = try SQLiteLook(path: "\(data)/firstbell.sqlite")
        let mails: [(ID<OutgoingMail>, String)] = try await look.read { connection in
            try connection.rows("SELECT id, address FROM mail WHERE state = 'accepted' ORDER BY id").map {
                (try $0["id"], try $0["address"])
            }
        }
        try look.close()
        return try mails.map { try SentMail($0, to: $1, keyring) }
    }

    fileprivate func bounced() async throws -> Int {
        try await count("SELECT count(*) AS value FROM mail WHERE state = 'bounced'")
    }

    /// An empty one.
    fileprivate func maildir() throws -> String {
        for name in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/Maildir/\(name)", withIntermediateDirectories: true)
        }
        return "\(folder)/Maildir"
    }
}
