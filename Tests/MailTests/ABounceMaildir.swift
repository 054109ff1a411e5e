import Core
import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import Mail

@Suite struct ABounceMaildir {
    private struct Maildir {
        let path: String
        let outbox: Outbox

        func put(_ message: [UInt8], as name: String) throws {
            try Data(message).write(to: URL(filePath: "\(path)/tmp/\(name)"))
            try FileManager.default.moveItem(atPath: "\(path)/tmp/\(name)", toPath: "\(path)/new/\(name)")
        }

        func workOff(on database: (any Database)? = nil) async {
            let intake = BounceIntake(
                database: database ?? outbox.database, keyring: outbox.keyring, clock: outbox.clock.clock)
            await BounceMaildir(
                path: path, intake: intake, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).workOff()
        }

        func names(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
        }
    }

    private func open(_ body: @Sendable (Maildir) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID())").path
        for folder in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        try await Outbox.open(returns: Outbox.returns) { outbox in
            try await outbox.queue(2)
            try await outbox.queue(3)
            await outbox.postman.workOff()
            try await body(Maildir(path: path, outbox: outbox))
        }
        try FileManager.default.removeItem(atPath: path)
    }

    @Test func `notes what came back and throws it away, and keeps all else`() async throws {
        try await open { maildir in
            let token = try maildir.outbox.token(2)
            try maildir.put(try Bounces.message("ses", to: token), as: "1.a.mail")
            try maildir.put(try Bounces.message("forged", to: token), as: "2.b.mail")
            try maildir.put(try Bounces.message("vacation", to: token), as: "3.c.mail")
            try maildir.put(Array(repeating: 120, count: BounceIntake.limit + 1), as: "4.d.mail")
            try maildir.put([], as: "5.e.mail")
            await maildir.workOff()
            #expect(try await maildir.outbox.mail(2).state == .bounced)
            #expect(try await maildir.outbox.mail(3).state == .accepted)
            #expect(try maildir.names("new") == [])
            #expect(
                try maildir.names("cur") == ["2.b.mail:2,S", "3.c.mail:2,S", "4.d.mail:2,S", "5.e.mail:2,S"])
        }
    }

    @Test(arguments: LossyDatabase.Loss.allCases)
    func `loses nothing when the database does not answer`(_ loss: LossyDatabase.Loss) async throws {
        try await open { maildir in
            for number: UInt8 in [2, 3] {
                let token = try maildir.outbox.token(number)
                try maildir.put(try Bounces.message("ses", to: token), as: "\(number).mail")
            }
            await maildir.workOff(on: LossyDatabase(maildir.outbox.database, losing: loss, at: [0]))
            #expect(try maildir.names("new") == ["2.mail", "3.mail"])
            let before = try await maildir.outbox.mail(2)
            #expect((before.state == .bounced) == (loss == .done))
            maildir.outbox.clock.advance(.hours(1))
            await maildir.workOff()
            for number: UInt8 in [2, 3] { #expect(try await maildir.outbox.mail(number).state == .bounced) }
            #expect(try maildir.names("new") == [] && maildir.names("cur") == [])
        }
    }

    @Test func `reads files alone: no link, no folder, no hidden one`() async throws {
        try await open { maildir in
            let report = try Bounces.message("ses", to: maildir.outbox.token(2))
            try Data(report).write(to: URL(filePath: "\(maildir.path)/report"))
            try FileManager.default.createSymbolicLink(
                atPath: "\(maildir.path)/new/1.link", withDestinationPath: "\(maildir.path)/report")
            try FileManager.default.createDirectory(
                atPath: "\(maildir.path)/new/2.folder", withIntermediateDirectories: true)
            mkfifo("\(maildir.path)/new/3.pipe", 0o600)
            try maildir.put(report, as: ".hidden")
            try maildir.put(try Bounces.message("ses", to: maildir.outbox.token(3)), as: "4.mail")
            await maildir.workOff()
            #expect(try await maildir.outbox.mail(2).state == .accepted)
            #expect(try await maildir.outbox.mail(3).state == .bounced)
            #expect(try maildir.names("new") == [".hidden", "1.link", "2.folder", "3.pipe"])
        }
    }

    @Test func `that is not there yet is looked for again`() async throws {
        try await open { maildir in
            try FileManager.default.removeItem(atPath: "\(maildir.path)/new")
            await maildir.workOff()
            try FileManager.default.createDirectory(
                atPath: "\(maildir.path)/new", withIntermediateDirectories: true)
            try maildir.put(try Bounces.message("ses", to: maildir.outbox.token(2)), as: "1.mail")
            await maildir.workOff()
            #expect(try await maildir.outbox.mail(2).state == .bounced)
        }
    }
}
