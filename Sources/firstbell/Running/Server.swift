import Core
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import Mail
import NIOSSL
import Rendering
import ServiceLifecycle
import Storage
import UnixSignals
import Web

/// The running program: the site, the control socket, the postman and the housekeeping, until it is told to stop.
struct Server {
    let installation: Installation
    let isDemo: Bool
    let catalogs: Catalogs
    let logger: Logger

    /// Runs until SIGTERM or SIGINT. `ready` is called once requests are answered.
    func run(ready: @escaping @Sendable () async -> Void) async throws {
        try check()
        try await Housekeeping(installation: installation, logger: logger).closeWhatWasLeft()
        guard let mailTemplates = MailTemplates.folder else { throw Refusal("The mail templates are missing.") }
        let assets = try Assets.ours()
        let renderer = try Renderer(
            templateFolders: [try Assets.templates(), mailTemplates], constants: assets.constants)
        let post = try await PostOffice.open(
            installation, isDemo: isDemo, catalogs: catalogs, renderer: renderer, logger: logger)
        let returns = try BounceDoors(installation, logger: logger)
        let services = try await services(catalogs, assets, renderer, post)
        try? FileManager.default.removeItem(atPath: installation.folder.controlSocket)
        let control = Application(
            router: ControlController(installation: installation, logger: logger).router,
            configuration: ApplicationConfiguration(
                address: .unixDomainSocket(path: installation.folder.controlSocket), serverName: "firstbell"),
            onServerRunning: { _ in Self.closeToOthers(installation.folder.controlSocket) }, logger: quiet)
        let site = Application(
            router: Site.router(services: services), server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(installation.settings.listen.host, port: installation.settings.listen.port),
                serverName: nil),
            onServerRunning: { _ in await ready() }, logger: quiet)
        let housekeeping = Housekeeping(installation: installation, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: housekeeping), .init(service: post.postman), .init(service: post.filler),
                    .init(service: control), .init(service: site),
                    // Stopped first: the site waits for its open lines.
                    .init(service: post.watch),
                ] + returns.services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet))
        try await group.run()
        try await installation.close()
    }

    private func check() throws {
        if let problem = installation.settings.doorProblems.first { throw Refusal(problem) }
        try installation.settings.listen.refuseIfTaken()
    }

    private func services(
        _ catalogs: Catalogs, _ assets: Assets, _ renderer: Renderer, _ post: PostOffice
    ) async throws -> Services {
        let settings = installation.settings
        let district: (name: String, language: String) = try await installation.database.read { connection in
            let row = try connection.rows("SELECT name, language FROM district").first
            return (try row?["name"] ?? "", try row?["language"] ?? "en")
        }
        var networks: [Network] = []
        for proxy in settings.trustedProxies {
            guard let network = Network(proxy) else {
                throw Refusal(
                    "FIRSTBELL_TRUSTED_PROXIES names \(proxy), which is no address. Write 10.0.0.7 or 10.0.0.0/24.")
            }
            networks.append(network)
        }
        let publicURL: PublicURL
        do { publicURL = try PublicURL(settings.publicURL) } catch { throw Refusal(error.description) }
        return Services(
            database: installation.database, clock: installation.clock, keyring: installation.keyring,
            hasher: PasswordHasher(), renderer: renderer, catalogs: catalogs, assets: assets,
            settings: SiteSettings(
                publicURL: publicURL, zone: settings.timeZone, district: district.name, language: district.language,
                isDemo: isDemo, trustedProxies: networks, metricsToken: try settings.metricsToken(),
                sessions: settings.sessions),
            logger: logger, rosters: installation.rosters,
            server: installation.server, missingKeys: { installation.lease.missingKeys },
            uploads: installation.folder.uploads,
            mailroom: post.mailroom, watch: post.watch, nudgePostman: post.nudge)
    }

    private func builder() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(60)))
        guard let certificate = installation.settings.tlsCertificate, let key = installation.settings.tlsKey else {
            return http
        }
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(http, tlsConfiguration: configuration)
        } catch {
            throw Refusal("FIRSTBELL_TLS_CERTIFICATE or FIRSTBELL_TLS_KEY cannot be used: \(error)")
        }
    }

    private static func closeToOthers(_ socket: String) {
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: socket)
    }

    /// The frameworks' own start and stop lines say nothing that ours do not.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }
}

extension Settings {
    fileprivate func metricsToken() throws -> Redacted<String>? {
        try metricsTokenFile.map { Redacted(try SecretFile.read($0, named: "FIRSTBELL_METRICS_TOKEN_FILE")) }
    }
}
