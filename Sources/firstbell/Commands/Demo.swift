import ArgumentParser
import Core
import Foundation
import Rendering

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a district of invented people to look at.",
        discussion: """
            3 schools, 40 staff, 600 students, taken in like any roster. Mail goes to FIRSTBELL_SMTP_URL, or without one to \
            an outbox folder that Admin > Mail shows. Without FIRSTBELL_DATA everything is thrown away at the end.

            Examples:
              firstbell demo
              firstbell demo --port 9000
              firstbell demo --json

            Exit codes: 0 ended as told, 1 refused with the reason on standard error, 2 wrong use.
            """)
    @Option(help: "The port on 127.0.0.1.") var port = 8080
    @Flag(help: "Print one JSON object with url, data and sign-ins as the first line.") var json = false

    @Flag(help: ArgumentHelp("Add a language that is read from the right, for tests.", visibility: .hidden))
    var pseudoLanguage = false

    func run() async throws {
        try await refusing {
            var environment = ProcessInfo.processInfo.environment
            let scratch = FileManager.default.temporaryDirectory.appending(path: "firstbell-demo-\(UUID().uuidString)")
                .path
            let isThrownAway = environment["FIRSTBELL_DATA"] == nil
            if isThrownAway { environment["FIRSTBELL_DATA"] = "\(scratch)/data" }
            if environment["FIRSTBELL_KEYRING"] == nil { environment["FIRSTBELL_KEYRING"] = "\(scratch)/keyring" }
            environment["FIRSTBELL_LISTEN"] = "127.0.0.1:\(port)"
            environment["FIRSTBELL_PUBLIC_URL"] = environment["FIRSTBELL_PUBLIC_URL"] ?? "http://127.0.0.1:\(port)"
            let logLevel = environment["FIRSTBELL_LOG_LEVEL"] ?? "warning"
            try FileManager.default.createDirectory(
                atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: scratch) }
            let settings = try await Settings.read(environment: environment)
            if !FileManager.default.fileExists(atPath: settings.keyring) {
                do { _ = try Keyring.create(folder: settings.keyring) } catch { throw Refusal("\(error)") }
            }
            let installation = try await Installation.open(settings)
            try settings.listen.refuseIfTaken()
            let district = try await DemoDistrict.open(in: installation)
            let catalogs = try Catalogs.ours()
            let server = Server(
                installation: installation, isDemo: true,
                catalogs: pseudoLanguage ? catalogs.withPseudoLanguage() : catalogs,
                logger: Serve.logger(level: logLevel))
            let asJSON = json
            try await server.run { DemoGreeting(district, settings: settings).say(asJSON: asJSON) }
        }
    }
}
