import Foundation
import Logging
import Mail
import SMTP
import ServiceLifecycle

/// Where mail that comes back is taken in while the server runs: a Maildir, LMTP, both or none.
struct BounceDoors {
    let services: [any Service]

    /// Throws what is wrong with the settings.
    init(_ installation: Installation, logger: Logger) throws {
        guard let settings = try BounceSettings(installation.settings) else {
            services = []
            return
        }
        let intake = installation.bounceIntake
        let host = settings.address.base.domain
        services =
            (settings.maildir.map { [BounceMaildir(path: $0, intake: intake, logger: logger)] } ?? [])
            + (settings.lmtp.map { [LMTPDoor(address: $0, host: host, intake: intake, logger: logger)] } ?? [])
    }
}

/// LMTP as a part of the running program.
private struct LMTPDoor: Service {
    let address: LMTPAddress
    let host: String
    let intake: BounceIntake
    let logger: Logger

    /// The site stays open when the door cannot be opened, or breaks: it is tried again.
    func run() async throws {
        let server = LMTPServer(address: address, host: host, take: take)
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await server.run { _ in letOthersIn() } } catch is CancellationError { return } catch {
                    logger.error("LMTP for what comes back cannot be served", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(15))
            }
        }
        if case .socket(let path) = address { try? FileManager.default.removeItem(atPath: path) }
    }

    /// The mail server runs as somebody else. Who may reach the socket, the folder around it decides; what comes in proves
    /// itself.
    private func letOthersIn() {
        guard case .socket(let path) = address else { return }
        try? FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    }

    private func take(_ message: [UInt8], recipient: String, isFromNobody: Bool) async -> LMTPServer.Receipt {
        do {
            let fate = try await intake.take(
                message, BounceIntake.Envelope(recipient: recipient, isFromNobody: isFromNobody))
            logger.info("a message came back", metadata: ["way": "lmtp", "fate": "\(fate)"])
            return fate == .tooLarge ? .tooLarge : .taken
        } catch {
            logger.error("what came back cannot be noted", metadata: ["error": "\(error)"])
            return .notNow
        }
    }
}
