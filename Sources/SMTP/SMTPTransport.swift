package import Mail
import NIOCore
import NIOSSL

/// Mail by SMTP (RFC 5321), encrypted and with the server's certificate and name checked.
package struct SMTPTransport: MailTransport {
    private let server: SMTPServer
    private let helloName: String
    private let trust: NIOSSLContext
    private let timeouts: SMTPTimeouts
    private let listener: SMTPListener?

    /// `helloName` is our own host name, said in EHLO. `caFile` holds further certificates in PEM form that are trusted.
    /// `listener` hears each line as it is said.
    ///
    /// Throws `SMTPServerProblem`.
    package init(
        url: String, password: String? = nil, helloName: String, caFile: String? = nil,
        timeouts: SMTPTimeouts = SMTPTimeouts(), listener: SMTPListener? = nil
    ) throws {
        server = try SMTPServer(url: url, password: password)
        let name = helloName.utf8
        guard !name.isEmpty, name.count <= 255, name.allSatisfy({ (33...126).contains($0) && $0 != 60 && $0 != 62 })
        else { throw SMTPServerProblem.helloName(helloName) }
        self.helloName = helloName
        self.timeouts = timeouts
        self.listener = listener
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        do {
            if let caFile {
                configuration.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
            }
            trust = try NIOSSLContext(configuration: configuration)
        } catch {
            throw SMTPServerProblem.certificates(file: caFile ?? "The system's store of certificates")
        }
    }

    package func open() async throws(DeliveryFault) -> any MailSession {
        do { return try await begin().session } catch { throw error.fault }
    }

    /// Goes all the way to a mail and stops before it.
    package func checkUp(sender: MailAddress) async -> ServerCheckup {
        do {
            let opened = try await begin()
            let refusal = await opened.session.refusal(of: sender)
            await opened.session.quit()
            return ServerCheckup(
                passed: opened.passed + (refusal == nil ? [.sender] : []),
                ended: refusal.map { ServerCheckup.End(step: .sender, reply: $0.reply) },
                encryption: opened.encryption, offers: opened.features.names)
        } catch {
            return ServerCheckup(
                passed: error.passed, ended: ServerCheckup.End(step: error.step, reply: error.fault.reply))
        }
    }

    private struct Opened {
        let session: SMTPSession
        let passed: [ServerCheckup.Step]
        let features: ServerFeatures
        let encryption: String?
    }

    private func begin() async throws(HandshakeFault) -> Opened {
        let connection: SMTPConnection
        do {
            connection = try await SMTPConnection.open(
                server, trust, timeout: timeouts.connect, listener: listener)
        } catch {
            let fault = DeliveryFault(scope: .server, reply: ServerReply(ours: error.text))
            throw HandshakeFault(step: .connection, passed: [], fault: fault)
        }
        var handshake = SMTPHandshake(
            connection: connection, server: server, helloName: helloName, trust: trust, timeouts: timeouts,
            listener: listener)
        do {
            let features = try await handshake.run()
            return Opened(
                session: SMTPSession(connection, features, timeouts), passed: handshake.passed, features: features,
                encryption: handshake.encryption)
        } catch {
            await connection.close()
            throw HandshakeFault(step: handshake.step, passed: handshake.passed, fault: error)
        }
    }
}

/// Where the way to a session ended.
struct HandshakeFault: Error {
    let step: ServerCheckup.Step
    let passed: [ServerCheckup.Step]
    let fault: DeliveryFault
}
