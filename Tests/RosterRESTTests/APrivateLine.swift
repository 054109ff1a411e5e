import AsyncHTTPClient
import Core
import Foundation
import NIOSSL
import RosterREST
import RosterSources
import Testing

@Suite struct APrivateLine {
    @Test func `is had with a certificate that holds for the name`() async throws {
        let pulled = try await withCertificate { behaviour, trusting in
            try await MockService.run(behaviour, configuration: trusting) { mock in
                var delivered = Delivered()
                _ = try await mock.service(host: "localhost").pull(into: &delivered)
                return delivered
            }
        }
        #expect(pulled.people.count == 3)
    }

    @Test func `is not had with a certificate of another name`() async throws {
        let refused = try await withCertificate { behaviour, trusting in
            try await refusal(of: behaviour, configuration: trusting) { mock in
                var delivered = Delivered()
                _ = try await mock.service(host: "127.0.0.1").pull(into: &delivered)
            }
        }
        #expect(refused?.reason.contains("certificate of {value} is not valid") == true)
    }

    @Test func `is not had with a certificate that nobody vouches for`() async throws {
        let refused = try await withCertificate { behaviour, _ in
            try await refusal(of: behaviour) { mock in
                var delivered = Delivered()
                _ = try await mock.service(host: "localhost").pull(into: &delivered)
            }
        }
        #expect(refused?.reason.contains("certificate of {value} is not valid") == true)
    }

    /// A certificate for `localhost`, and a client that trusts it.
    private func withCertificate<Result>(
        _ body: (Behaviour, HTTPClient.Configuration) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "firstbell-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var behaviour = Behaviour()
        let certificate = folder.appending(path: "certificate.pem").path(percentEncoded: false)
        let key = folder.appending(path: "key.pem").path(percentEncoded: false)
        behaviour.certificate = certificate
        behaviour.privateKey = key
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(certificate)
        var trusting = HTTPClient.Configuration.rosters
        trusting.tlsConfiguration = tls
        return try await body(behaviour, trusting)
    }
}
