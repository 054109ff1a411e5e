import Foundation
import Storage
import StoragePostgreSQL
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: Detour.isThere)) struct TheWayIn {
    private let url: URLComponents
    private let authority: String
    private let password: String

    init() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let text = environment["FIRSTBELL_TEST_POSTGRESQL"], let url = URLComponents(string: text),
            let authority = environment["FIRSTBELL_TEST_POSTGRESQL_CA"], let password = url.password
        else { throw Trouble("no PostgreSQL was started: use bin/postgresql") }
        self.url = url
        self.authority = authority
        self.password = password
    }

    /// The server's address as text, with other parts.
    private func text(
        host: String = "127.0.0.1", user: String = "firstbell", password: String? = nil,
        _ options: [String: String] = [:]
    ) -> String {
        var url = url
        (url.host, url.user, url.password) = (host, user, password)
        url.queryItems = options.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        return url.string ?? ""
    }

    private func facts(_ url: String, password: String? = nil) async throws -> ServerFacts {
        let database = PostgreSQLDatabase(try PostgreSQLAddress(url: url, password: password), connections: 1)
        defer { try? database.close() }
        return try await database.facts()
    }

    /// Why nobody came in; nil when somebody did.
    private func refusal(_ url: String, password: String? = nil) async throws -> String? {
        do {
            _ = try await facts(url, password: password)
            return nil
        } catch StorageError.away(let reason) { return reason }
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    /// A certificate that the server's is not signed with.
    private func strangeAuthority(in folder: URL) async throws -> String {
        let path = folder.appending(path: "strange.pem").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-out", path,
            "-keyout", folder.appending(path: "strange.key").path,
        ]
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        return path
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `is by TLS with a server that the authority vouches for`(host: String) async throws {
        let url = text(host: host, ["sslmode": "verify-full", "sslrootcert": authority])
        #expect(try await facts(url, password: password).usesTLS)
    }

    @Test func `is closed where another authority was named, or none`() async throws {
        try await withFolder { folder in
            let strange = try await strangeAuthority(in: folder)
            for file in [strange, folder.appending(path: "nothing.pem").path] {
                let url = text(["sslmode": "verify-full", "sslrootcert": file])
                let reason = try await refusal(url, password: password)
                #expect(reason?.contains("certificate") == true, "\(reason ?? "came in")")
            }
        }
    }

    @Test func `is closed where the server has another name`() async throws {
        let url = text(
            host: "db.wrong.example",
            ["sslmode": "verify-full", "sslrootcert": authority, "hostaddr": "127.0.0.1"])
        let reason = try await refusal(url, password: password)
        #expect(reason?.contains("db.wrong.example") == true, "\(reason ?? "came in")")
        // Without looking at the name it is the same server.
        #expect(try await refusal(url.replacing("verify-full", with: "verify-ca"), password: password) == nil)
    }

    @Test func `is by a password that stands in a file of libpq's`() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "pgpass").path
            for (word, opens) in [(password, true), ("another", false)] {
                try Data("127.0.0.1:*:*:firstbell:\(word)\n".utf8).write(to: URL(filePath: file))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                let reason = try await refusal(text(["passfile": file]))
                #expect((reason == nil) == opens, "\(reason ?? "came in")")
            }
        }
    }

    @Test func `says no word of the password, whatever goes wrong`() async throws {
        let secret = "correct-horse-\(UUID().uuidString)"
        var said: [String] = []
        for url in [
            text(password: secret), text(user: "nobody", password: secret), text(host: "127.0.0.9", password: secret),
            text(host: "no-such-host.invalid", password: secret),
            text(password: secret, ["sslmode": "verify-full", "sslrootcert": "/nothing"]),
        ] {
            let address = try PostgreSQLAddress(url: url)
            said += ["\(address)", String(reflecting: address)]
            var dumped = ""
            dump(address, to: &dumped)
            let database = PostgreSQLDatabase(address, connections: 1)
            dump(database, to: &dumped)
            try database.close()
            said.append(dumped)
            said.append(try #require(try await refusal(url)))
        }
        for url in [
            "postgresql://firstbell:\(secret)@[::1/x", "postgresql://firstbell:\(secret)%zz@localhost/x",
            "postgresql://firstbell:\(secret)@localhost/x?nothing=1&password=\(secret)",
            "postgresql://localhost/x?password=\(secret)&sslmode", "\(secret)",
            "mysql://firstbell:\(secret)@localhost/x",
            "host=localhost password='\(secret)", "password=\(secret) nothing=\(secret)",
        ] {
            #expect {
                _ = try PostgreSQLAddress(url: url)
            } throws: { error in
                said.append("\(error)")
                return error is StorageError
            }
        }
        for text in said { #expect(!text.contains(secret)) }
        #expect(said.contains { $0.contains("127.0.0.9") })
    }

    @Test func `is open for the password of the file, unless the address has one`() async throws {
        #expect(try await refusal(text(), password: password) == nil)
        #expect(try await refusal(text(password: "another"), password: password) != nil)
        #expect(try await refusal(text(), password: "another") != nil)
    }
}
