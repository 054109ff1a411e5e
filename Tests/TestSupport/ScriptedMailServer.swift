import Foundation

/// Mail servers over sockets that misbehave as they are told (`Server/scripted_server.py`).
package struct ScriptedMailServer: Sendable {
    /// One server: what it offers, and what it does at which step instead of answering well.
    package struct Wish: Encodable, Sendable {
        package enum Security: String, Encodable, Sendable { case none, starttls, implicit }
        package enum Certificate: String, Encodable, Sendable { case good, elsewhere, expired }

        package var features: [String]
        package var script: [[String]]
        package var tls: Security
        package var certificate: Certificate
        /// True when it does not tell what it hears.
        package var quiet: Bool
        package init(
            features: [String] = [], script: [[String]] = [], tls: Security = .none, certificate: Certificate = .good,
            quiet: Bool = false
        ) {
            self.features = features
            self.script = script
            self.tls = tls
            self.certificate = certificate
            self.quiet = quiet
        }
    }

    /// Where a server listens, and the file with the authority of its certificate.
    package struct Open: Sendable {
        package let port: Int
        package let ca: String?
    }

    private struct Line: Decodable {
        let port: Int?
        let ca: String?
        let heard: String?
        let content: Data?
    }

    private let script: PythonScript

    /// Beside it stand the servers in Python.
    package static let place = #filePath

    /// Runs the test beside a process that opens servers for it.
    package static func run<Result>(_ body: (ScriptedMailServer) async throws -> Result) async throws -> Result {
        try await PythonScript.run("scripted_server") { try await body(ScriptedMailServer(script: $0)) }
    }

    /// Opens a server. What others of this process still say comes in between and is lost.
    package func listen(_ wish: Wish = Wish()) async throws -> Open {
        var line: Line = try await script.ask(wish)
        while line.port == nil { line = try await script.next() }
        return Open(port: line.port ?? 0, ca: line.ca)
    }

    /// What is heard up to the end of a connection.
    package func heard() async throws -> [String] {
        var heard: [String] = []
        while case let line = try await script.next(Line.self).heard, line != "end" { heard.append(line ?? "") }
        return heard
    }
}
