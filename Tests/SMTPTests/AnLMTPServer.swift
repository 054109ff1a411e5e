import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SMTP

/// The door for what comes back, over sockets; on the other side is Python.
@Suite(.timeLimit(.minutes(2))) struct AnLMTPServer {
    private struct Wish: Encodable {
        var port = 0
        var path: String?
        var recipient: String?
        var message: Data?
        var text: String?
        var times: Int?
        var until: String?
        var keep: Bool?
        var drips: Bool?
        var leaves: Bool?
    }
    private struct Heard: Decodable { let heard: String }

    /// What was handed over.
    private final class Taken: Sendable {
        private let messages = Mutex<[(bytes: [UInt8], recipient: String, isFromNobody: Bool)]>([])
        var all: [(bytes: [UInt8], recipient: String, isFromNobody: Bool)] { messages.withLock { $0 } }
        func add(_ message: [UInt8], _ recipient: String, _ isFromNobody: Bool) {
            messages.withLock { $0.append((message, recipient, isFromNobody)) }
        }
    }

    private static let mail = "bounces+aaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa@mail.district.example"
    private static let other = "bounces+baaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa@mail.district.example"
    private static let hello = "LHLO mail.test\r\nMAIL FROM:<>\r\nRCPT TO:<\(mail)>\r\nRCPT TO:<\(other)>\r\nDATA\r\n"

    private func serve(
        at address: LMTPAddress = .loopback(host: "127.0.0.1", port: 0), _ limits: LMTPServer.Limits = .init(),
        answering receipt: @escaping @Sendable (String) -> LMTPServer.Receipt = { _ in .taken },
        _ body: (Int, Taken, PythonScript) async throws -> Void
    ) async throws {
        let taken = Taken()
        let server = LMTPServer(address: address, host: "mail.test", limits: limits) {
            message, recipient, isFromNobody in
            taken.add(message, recipient, isFromNobody)
            return receipt(recipient)
        }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let running = Task { try await server.run { continuation.yield($0) } }
        for await port in ports {
            try await PythonScript.run("lmtp_client") { try await body(port, taken, $0) }
            break
        }
        running.cancel()
        _ = await running.result
    }

    @Test func `takes a message from a client that is not ours`() async throws {
        try await serve { port, taken, client async throws in
            let message = Data("Subject: x\r\n\r\n.a dot\r\nand é\r\n".utf8)
            let wish = Wish(port: port, recipient: Self.mail, message: message)
            #expect(try await client.ask(wish, for: Heard.self).heard == "taken")
            #expect(taken.all.map(\.bytes) == [Array(message)])
            #expect(taken.all.map(\.recipient) == [Self.mail] && taken.all.allSatisfy(\.isFromNobody))
            let elsewhere = Wish(port: port, recipient: "bounces@mail.district.example", message: message)
            #expect(try await client.ask(elsewhere, for: Heard.self).heard.contains("550"))
            #expect(taken.all.count == 1)
        }
    }

    @Test func `listens on a socket of the file system, also where an old one was left`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lmtp-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "lmtp").path
        for _ in 0..<2 {
            try await serve(at: .socket(path)) { _, taken, client async throws in
                let wish = Wish(path: path, recipient: Self.mail, message: Data("x\r\n".utf8))
                #expect(try await client.ask(wish, for: Heard.self).heard == "taken")
                #expect(await LMTPGreeting.ask(at: .socket(path))?.hasPrefix("220 mail.test") == true)
                #expect(taken.all.count == 1)
            }
        }
        try FileManager.default.removeItem(at: folder)
        #expect(await LMTPGreeting.ask(at: .socket(path)) == nil)
    }

    @Test func `gives one reply for each recipient`() async throws {
        try await serve(answering: { $0 == Self.mail ? .notNow : .taken }) { port, taken, client async throws in
            let wish = Wish(port: port, text: "\(Self.hello)x\r\n.\r\nQUIT\r\n")
            let codes = try await client.ask(wish, for: Heard.self).heard.utf8.split(separator: 10).compactMap { line in
                line.dropFirst(3).first == 32 ? String(decoding: line.prefix(3), as: UTF8.self) : nil
            }
            #expect(codes == ["220", "250", "250", "250", "250", "354", "451", "250", "221"])
            #expect(taken.all.count == 2)
        }
    }

    @Test func `keeps nothing of what is too large, and cuts off what does not end`() async throws {
        try await serve { port, taken, client async throws in
            let line = String(repeating: "x", count: 62) + "\r\n"
            let large = Self.hello + String(repeating: line, count: 5_000) + ".\r\nQUIT\r\n"
            let heard = try await client.ask(Wish(port: port, text: large), for: Heard.self).heard
            #expect(heard.components(separatedBy: "552 5.3.4").count == 3)
            let endless = Wish(port: port, text: Self.hello + String(repeating: line, count: 16_384), times: 20)
            let end = try await client.ask(endless, for: Heard.self).heard
            #expect(end.isEmpty || !end.contains("250 2.0.0 Taken"))
            #expect(taken.all.isEmpty)
            let word = Wish(port: port, text: String(repeating: "x", count: 1_000_000))
            #expect(try await !client.ask(word, for: Heard.self).heard.contains("250"))
        }
    }

    @Test func `tells one too many to come again, and has room once another has gone`() async throws {
        var limits = LMTPServer.Limits()
        limits.conversations = 2
        try await serve(limits) { port, taken, client async throws in
            let idle = Wish(port: port, text: "LHLO mail.test\r\n", until: "250 ", keep: true)
            for _ in 0..<2 { #expect(try await client.ask(idle, for: Heard.self).heard.hasPrefix("220")) }
            let late = Wish(port: port, text: "")
            #expect(try await client.ask(late, for: Heard.self).heard == "421 4.3.2 Too many conversations\r\n")
            #expect(try await client.ask(Wish(leaves: true), for: Heard.self).heard == "bye")
            var heard = ""
            while !heard.contains("250 2.0.0 Taken") {
                let whole = Wish(port: port, text: "\(Self.hello)x\r\n.\r\nQUIT\r\n")
                heard = try await client.ask(whole, for: Heard.self).heard
            }
            #expect(taken.all.count == 2)
        }
    }

    @Test(arguments: ["", "LHLO", "LHLO mail.test\r\nNOOP\r\nMAIL FROM:", hello, hello + "Subject: x\r\n"])
    func `lets go whoever is slow, however often a byte comes`(_ text: String) async throws {
        var limits = LMTPServer.Limits()
        limits.patience = .seconds(1)
        try await serve(limits) { port, taken, client async throws in
            let heard = try await client.ask(Wish(port: port, text: text, drips: true), for: Heard.self).heard
            #expect(heard.hasPrefix("220") && !heard.contains("250 2.0.0 Taken"))
            #expect(taken.all.isEmpty)
        }
    }
}
