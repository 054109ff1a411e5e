package import Mail
import NIOCore
import NIOSSL

/// Mail by SMTP (RFC 5321), encrypted and with the server's certificate and name checked.
package struct SMTPTransport: MailTransport {
    private let server: SMTPServer
    private let helloName: String
    private let trust: NIOSSLContext
    private let timeouts: SMTPTimeouts

    /// `helloName` is our own host name, said in EHLO. `caFile` holds further certificates in PEM form that are trusted.
    ///
    /// Throws `SMTPServerProblem`.
    package init(
        url: String, password: String? = nil, helloName: String, caFile: String? = nil,
        timeouts: SMTPTimeouts = SMTPTimeouts()
    ) throws {
        server = try SMTPServer(url: url, password: password)
        let name = helloName.utf8
        guard !name.isEmpty, name.count <= 255, name.allSatisfy({ (33...126).contains($0) && $0 != 60 && $0 != 62 })
        else { throw SMTPServerProblem.helloName(helloName) }
        self.helloName = helloName
        self.timeouts = timeouts
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
        let connection: SMTPConnection
        do { connection = try await SMTPConnection.open(server, trust, timeout: timeouts.connect) } catch {
            throw DeliveryFault(scope: .server, reply: ServerReply(ours: error.text))
        }
        do {
            let handshake = SMTPHandshake(
                connection: connection, server: server, helloName: helloName, trust: trust, timeouts: timeouts)
            return SMTPSession(connection, try await handshake.run(), timeouts)
        } catch {
            await connection.close()
            throw error
        }
    }
}
