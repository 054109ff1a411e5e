import Foundation
import Glibc
import Synchronization

/// A mail server on loopback that takes everything, keeps the names of what it took, and can strike at a chosen moment.
final class MailSink: Sendable {
    private struct State {
        /// Message-IDs, each as often as its mail was taken.
        var taken: [String] = []
        /// Protocol steps until the blow, and the blow.
        var blow: (steps: Int, strike: @Sendable () -> Void)?
    }
    private let state = Mutex(State())
    private let socket: Int32
    let port: Int

    init() throws {
        (socket, port) = try FreePort.listen()
        let socket = socket
        Thread.detachNewThread { [weak self] in
            while case let line = accept(socket, nil, nil), line >= 0 {
                guard let self else { break }
                Thread.detachNewThread { self.talk(line) }
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    var settings: [String: String] { ["FIRSTBELL_SMTP_URL": "smtp://127.0.0.1:\(port)?tls=none"] }
    var taken: [String] { state.withLock { $0.taken } }

    /// Strikes after so many steps of the protocol from now on, between any two of them.
    func strike(afterSteps steps: Int, _ strike: @escaping @Sendable () -> Void) {
        state.withLock { $0.blow = (steps, strike) }
    }

    private func step() {
        state.withLock { state in
            guard let blow = state.blow else { return }
            state.blow = blow.steps > 1 ? (blow.steps - 1, blow.strike) : nil
            if blow.steps <= 1 { blow.strike() }
        }
    }

    /// One conversation (RFC 5321); ends when the other side does.
    private func talk(_ line: Int32) {
        guard let stream = fdopen(line, "r+") else { return }
        defer { fclose(stream) }
        func say(_ text: String) {
            step()
            _ = send(line, text + "\r\n", text.utf8.count + 2, Int32(MSG_NOSIGNAL))
        }
        say("220 sink")
        while let command = Self.line(of: stream) {
            step()
            switch command.prefix(4).uppercased() {
            case "EHLO": say("250 sink")
            case "DATA":
                say("354 go on")
                guard let id = Self.messageID(of: stream) else { return }
                state.withLock { $0.taken.append(id) }
                step()
                say("250 2.0.0 taken")
            case "QUIT":
                say("221 bye")
                return
            default: say("250 fine")
            }
        }
    }

    /// Reads a whole mail and returns the name in its Message-ID; nil when it was cut short.
    private static func messageID(of stream: UnsafeMutablePointer<FILE>) -> String? {
        var id: String?
        while let line = line(of: stream) {
            if line == "." { return id }
            if id == nil, line.hasPrefix("Message-ID: <") {
                id = String(line.dropFirst("Message-ID: <".count).prefix { $0 != "@" })
            }
        }
        return nil
    }

    /// A line without its end; nil at the end of the conversation, also in the middle of a line.
    private static func line(of stream: UnsafeMutablePointer<FILE>) -> String? {
        var bytes: [UInt8] = []
        while case let byte = getc(stream), byte != EOF {
            if byte == 10 { return String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self) }
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
        return nil
    }
}
