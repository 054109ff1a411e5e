import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ATestMail {
    @Test func `goes to the mail server, whose answer is told`() async throws {
        try await Machine.open { machine in
            let sink = try MailSink()
            let mail = ["FIRSTBELL_MAIL_FROM": "bell@school.example"].merging(sink.settings) { $1 }
            let ended = try await machine.succeed("mail", "test", "--json", "ruth@school.example", settings: mail)
            let said = try ended.objects()
            #expect(said.last?["reply"] == "250 2.0.0 taken")
            #expect(said.contains(["by": "firstbell", "said": "RCPT TO:<ruth@school.example>"]))
            #expect(said.contains(["by": "server", "said": "354 go on"]))
            #expect(sink.taken.count == 1)
            let well = try await machine.run("doctor", settings: mail)
            #expect(well.code == 0, "\(well.output)")
            #expect(sink.taken.count == 1)
        }
    }

    @Test func `goes into the outbox folder where nothing else is set`() async throws {
        try await Machine.open { machine in
            let mail = ["FIRSTBELL_MAIL_FROM": "bell@school.example"]
            try await machine.succeed("mail", "test", "ruth@school.example", settings: mail)
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(machine.data)/outbox")
            #expect(names.count == 1 && names.allSatisfy { $0.hasSuffix(".eml") })
        }
    }

    @Test func `is refused with the reason`() async throws {
        try await Machine.open { machine in
            let noAddress = try await machine.run("mail", "test", "ruth")
            #expect(noAddress.code == 1)
            #expect(noAddress.errors.contains("ruth is no email address"))
            let port = try FreePort.find()
            let closed = try await machine.run(
                "mail", "test", "ruth@school.example",
                settings: [
                    "FIRSTBELL_SMTP_URL": "smtp://127.0.0.1:\(port)?tls=none",
                    "FIRSTBELL_MAIL_FROM": "bell@school.example",
                ])
            #expect(closed.code == 1)
            #expect(closed.errors.hasPrefix("firstbell: "))
            let none = try await machine.run(
                "mail", "test", "ruth@school.example", settings: ["FIRSTBELL_PUBLIC_URL": "https://bell.example"])
            #expect(none.errors.contains("FIRSTBELL_SMTP_URL"))
        }
    }

    @Test func `shows the whole conversation, and no password`() async throws {
        try await Machine.open { machine in
            try await ScriptedMailServer.run { server async throws in
                let open = try await server.listen(
                    .init(
                        features: ["AUTH PLAIN", "PIPELINING"], script: [["greeting", "text:220 mail.test \u{1B}[2J"]]))
                let ended = try await machine.succeed(
                    "mail", "test", "ruth@school.example", settings: machine.mail(open))
                let said = ended.output.split(separator: "\n").map(String.init)
                for line in [
                    "< 220 mail.test  [2J", "> AUTH PLAIN •••", "> RCPT TO:<ruth@school.example>", "< 354 Go on",
                    "> Subject: FirstBell can send mail", "> .", "< 250 2.0.0 Taken", "> QUIT", "< 221 Bye",
                ] {
                    #expect(said.contains(line), "\(line)")
                }
                let secret = Data("\0bell\0hunter-two-too".utf8).base64EncodedString()
                #expect(!ended.output.contains(secret) && !ended.output.contains("hunter"))
                let refusing = try await server.listen(
                    .init(features: ["AUTH PLAIN"], script: [["RCPT", "text:550 5.1.1 No such teacher"]]))
                let refused = try await machine.run(
                    "mail", "test", "ruth@school.example", settings: machine.mail(refusing))
                #expect(refused.code == 1 && refused.output.contains("< 550 5.1.1 No such teacher"))
            }
        }
    }
}

/// What the doctor finds out about the mail server, good and bad.
@Suite(.timeLimit(.minutes(3))) struct TheDoctorAndTheMailServer {
    @Test(arguments: [
        ("sign-in", [["AUTH", "text:535 5.7.8 Wrong password"]]),
        ("sending", [["MAIL", "text:550 5.7.1 Not from you"]]),
        ("mail", [["greeting", "text:554 Not you"]]),
    ])
    func `says at which step it ended`(_ about: String, _ script: [[String]]) async throws {
        try await Machine.open { machine in
            try await ScriptedMailServer.run { server async throws in
                let open = try await server.listen(.init(features: ["AUTH PLAIN"], script: script, quiet: true))
                let ended = try await machine.run("doctor", "--json", settings: machine.mail(open))
                #expect(ended.code == 1)
                let wrong = try ended.objects().filter { $0["grade"] == "wrong" }
                #expect(wrong.map { $0["check"] } == [about])
                let words = script[0][1].dropFirst("text:".count)
                #expect(wrong.first?["says"]?.hasSuffix(String(words)) == true)
            }
        }
    }

    @Test func `finds it well, counts the day and prints what to set in DNS`() async throws {
        try await Machine.open { machine in
            try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth")
            try await ScriptedMailServer.run { server async throws in
                let open = try await server.listen(.init(features: ["AUTH PLAIN", "DSN"], quiet: true))
                var settings = try machine.mail(open)
                settings["FIRSTBELL_SMTP_PER_DAY"] = "500"
                let ended = try await machine.run("doctor", settings: settings)
                #expect(ended.code == 0, "\(ended.output)")
                for words in [
                    "The mail server takes our user and password.", "takes mail from bell@school.example.",
                    "It offers AUTH, DSN.", "0 mails left in the last 24 hours, of 500 that may.",
                    "SPF: school.example TXT \"v=spf1 a:", "_dmarc.school.example TXT", "PTR: ",
                ] {
                    #expect(ended.output.contains(words), "\(words)")
                }
                settings["FIRSTBELL_MAIL_FROM"] = "ruth@gmail.com"
                let freemail = try await machine.run("doctor", settings: settings)
                #expect(freemail.output.contains("gives addresses to everybody"))
                #expect(!freemail.output.contains("v=spf1"))
            }
        }
    }

    @Test func `trusts no certificate of another name`() async throws {
        try await Machine.open { machine in
            try await ScriptedMailServer.run { server async throws in
                let open = try await server.listen(.init(tls: .starttls, certificate: .elsewhere, quiet: true))
                var settings = try machine.mail(open)
                settings["FIRSTBELL_SMTP_URL"] = "smtp://localhost:\(open.port)"
                settings["FIRSTBELL_SMTP_PASSWORD_FILE"] = nil
                settings["FIRSTBELL_SMTP_CA_FILE"] = open.ca
                let ended = try await machine.run("doctor", "--json", settings: settings)
                #expect(try ended.objects().contains { $0["check"] == "encryption" && $0["grade"] == "wrong" })
            }
        }
    }

    @Test func `refuses limits that are no numbers`() async throws {
        try await Machine.open { machine in
            for (name, value) in [("CONNECTIONS", "0"), ("PER_MINUTE", "many"), ("PER_DAY", "-1")] {
                let ended = try await machine.run("doctor", settings: ["FIRSTBELL_SMTP_\(name)": value])
                #expect(ended.code == 1 && ended.output.contains("FIRSTBELL_SMTP_\(name) is \(value)."))
            }
        }
    }
}

extension Machine {
    /// Settings for a mail server on this machine that wants a password.
    fileprivate func mail(_ open: ScriptedMailServer.Open) throws -> [String: String] {
        let secret = "\(folder)/mail-password"
        try Data("hunter-two-too".utf8).write(to: URL(filePath: secret))
        chmod(secret, 0o600)
        return [
            "FIRSTBELL_SMTP_URL": "smtp://bell@127.0.0.1:\(open.port)?tls=none", "FIRSTBELL_SMTP_PASSWORD_FILE": secret,
            "FIRSTBELL_MAIL_FROM": "bell@school.example",
        ]
    }
}
