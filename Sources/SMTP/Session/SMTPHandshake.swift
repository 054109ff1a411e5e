import Foundation
import Mail
import NIOSSL

/// The way from a bare connection to a session that may carry mail: greeting, EHLO, STARTTLS, EHLO, AUTH.
struct SMTPHandshake {
    let connection: SMTPConnection
    let server: SMTPServer
    let helloName: String
    let trust: NIOSSLContext
    let timeouts: SMTPTimeouts
    let listener: SMTPListener?
    /// How far it came, and where it is.
    private(set) var passed: [ServerCheckup.Step] = [.connection]
    private(set) var step = ServerCheckup.Step.greeting
    /// The kind of encryption, as "TLSv1.3"; nil without.
    private(set) var encryption: String?

    init(
        connection: SMTPConnection, server: SMTPServer, helloName: String, trust: NIOSSLContext,
        timeouts: SMTPTimeouts, listener: SMTPListener?
    ) {
        self.connection = connection
        self.server = server
        self.helloName = helloName
        self.trust = trust
        self.timeouts = timeouts
        self.listener = listener
    }

    mutating func run() async throws(DeliveryFault) -> ServerFeatures {
        // Where all is encrypted, the greeting is the first thing that comes through it.
        if server.security == .implicitTLS { step = .encryption }
        try await greet()
        if server.security == .implicitTLS { await noteEncryption() }
        step = .greeting
        var features = try await hello()
        passed.append(.greeting)
        if server.security == .startTLS {
            step = .encryption
            guard features.startTLS else {
                throw refusal("The mail server does not offer encryption (STARTTLS); nothing was sent.")
            }
            try await startTLS()
            // What was said in the clear does not count (RFC 3207 section 4.2).
            features = try await hello()
            await noteEncryption()
        }
        if let login = server.login {
            step = .signIn
            try await signIn(login, features)
            passed.append(.signIn)
        }
        return features
    }

    private func greet() async throws(DeliveryFault) {
        _ = try await check(.greeting) { () async throws(ConnectionFault) in
            try await connection.greeting(within: timeouts.reply)
        }
    }

    private func startTLS() async throws(DeliveryFault) {
        _ = try await check(.startTLS) { () async throws(ConnectionFault) in
            try await connection.startTLS(server, trust, within: timeouts.reply)
        }
    }

    private mutating func noteEncryption() async {
        encryption = await connection.encryption()
        passed.append(.encryption)
        if let encryption { listener?(.note("Encrypted with \(encryption), by who the certificate says.")) }
    }

    private func hello() async throws(DeliveryFault) -> ServerFeatures {
        ServerFeatures(try await say(.hello, "EHLO \(helloName)"))
    }

    /// RFC 4954, with PLAIN (RFC 4616) before LOGIN. Never without encryption beyond this machine: `SMTPServer` sees to it.
    private func signIn(_ login: SMTPLogin, _ features: ServerFeatures) async throws(DeliveryFault) {
        if features.mechanisms.contains("PLAIN") {
            let secret = base64("\0\(login.user)\0\(login.password)")
            let reply = try await prompt("AUTH PLAIN \(secret)", shown: "AUTH PLAIN •••")
            if reply.code == 334 { try await finish(secret) }
        } else if features.mechanisms.contains("LOGIN") {
            guard try await prompt("AUTH LOGIN").code == 334 else { throw noPrompt }
            guard try await prompt(base64(login.user), shown: "•••").code == 334 else { throw noPrompt }
            try await finish(base64(login.password))
        } else {
            throw refusal("The mail server offers no way to sign in that FirstBell knows (AUTH PLAIN or LOGIN).")
        }
    }

    /// A step of AUTH: 334 asks for more, 235 ends it.
    private func prompt(_ line: String, shown: String? = nil) async throws(DeliveryFault) -> SMTPReply {
        let reply: SMTPReply
        do { reply = try await connection.command(line, shown: shown, within: timeouts.reply) } catch {
            throw fault(ReplyRules.result(.auth, error))
        }
        if reply.code == 334 { return reply }
        if let result = ReplyRules.result(.auth, reply) { throw fault(result) }
        return reply
    }

    private func finish(_ line: String) async throws(DeliveryFault) { _ = try await say(.auth, line, shown: "•••") }

    private func say(
        _ step: SMTPStep, _ line: String, shown: String? = nil
    ) async throws(DeliveryFault) -> SMTPReply {
        try await check(step) { () async throws(ConnectionFault) in
            try await connection.command(line, shown: shown, within: timeouts.reply)
        }
    }

    private func check(
        _ step: SMTPStep, _ exchange: () async throws(ConnectionFault) -> SMTPReply
    ) async throws(DeliveryFault) -> SMTPReply {
        let reply: SMTPReply
        do { reply = try await exchange() } catch { throw fault(ReplyRules.result(step, error)) }
        if let result = ReplyRules.result(step, reply) { throw fault(result) }
        return reply
    }

    private func fault(_ result: DeliveryResult) -> DeliveryFault {
        result.fault ?? refusal("The mail server's answer makes no sense here.")
    }

    private var noPrompt: DeliveryFault { refusal("The mail server's answer to AUTH makes no sense.") }

    private func refusal(_ text: String) -> DeliveryFault {
        DeliveryFault(scope: .server, reply: ServerReply(ours: text), isPermanent: true)
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
