import ArgumentParser
import Foundation
import Logging
import Rendering

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs FirstBell until it is told to stop.",
        discussion: """
            Examples:
              firstbell serve
              FIRSTBELL_SETTINGS=/etc/firstbell.conf firstbell serve

            Ends on SIGTERM or SIGINT, once what is under way is done. One server owns a data folder: a second is refused.

            Exit codes: 0 ended as told, 1 refused with the reason on standard error, 2 wrong use.
            """)

    func run() async throws {
        try await refusing {
            let settings = try await Settings.read()
            let logger = Self.logger(level: settings.logLevel)
            let installation = try await Installation.open(settings)
            let server = Server(
                installation: installation, isDemo: false, catalogs: try Catalogs.ours(), logger: logger)
            try await server.run {
                logger.notice(
                    "FirstBell is open",
                    metadata: [
                        "url": "\(settings.publicURL)", "listen": "\(settings.listen)", "version": "\(Version.number)",
                    ])
            }
        }
    }

    /// Lines on standard error, so that standard output is free for answers.
    static func logger(level: String) -> Logger {
        var logger = Logger(label: "firstbell") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }
}
