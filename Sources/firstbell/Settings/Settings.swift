import Configuration
import Core
import Foundation

/// Every setting: its name in the environment, its default and what it is for. `firstbell doctor` prints them.
struct Settings: Sendable {
    /// `FIRSTBELL_DATA`: the folder with the database, the outbox and uploads. Default `firstbell-data`.
    var data: String
    /// `FIRSTBELL_KEYRING`: the folder with the keys, beside and never in the data folder. Default `firstbell-keys`.
    var keyring: String
    /// `FIRSTBELL_DATABASE_URL`: `postgresql://…` for a PostgreSQL database. Default: the embedded one in the data folder.
    var databaseURL: String?
    /// `FIRSTBELL_DATABASE_PASSWORD_FILE`: a file with the database's password (secret).
    var databasePasswordFile: String?
    /// `FIRSTBELL_PUBLIC_URL`: the address that links begin with. Default `http://` + `FIRSTBELL_LISTEN`.
    var publicURL: String
    /// `FIRSTBELL_LISTEN`: host and port. Default `127.0.0.1:8080`.
    var listen: ListenAddress
    /// `FIRSTBELL_TLS_CERTIFICATE`, `FIRSTBELL_TLS_KEY`: PEM files, both or none.
    var tlsCertificate: String?
    var tlsKey: String?
    /// `FIRSTBELL_TRUSTED_PROXIES`: addresses whose X-Forwarded headers are believed, with commas between.
    var trustedProxies: [String]
    /// `FIRSTBELL_TIME_ZONE`: in which school days begin, as `America/Denver`. Default: the machine's.
    var timeZone: TimeZone
    /// `FIRSTBELL_SMTP_URL`: `smtp://user@host:587` (STARTTLS), `smtps://user@host:465`, or `folder:`.
    var smtpURL: String?
    /// `FIRSTBELL_SMTP_PASSWORD_FILE`: a file with the mail server's password (secret).
    var smtpPasswordFile: String?
    /// `FIRSTBELL_SMTP_CA_FILE`: a PEM file with the authority that signed the mail server's certificate.
    var smtpCAFile: String?
    /// `FIRSTBELL_SMTP_CONNECTIONS`: lines to the mail server at the same time, at most. Default 4.
    var smtpConnections: Int
    /// `FIRSTBELL_SMTP_PER_MINUTE`, `FIRSTBELL_SMTP_PER_DAY`: how many mails the mail server is handed at most.
    var mailQuota: MailQuota
    /// `FIRSTBELL_MAIL_FROM`: the sender's address. Default `firstbell@` + the public URL's host.
    var mailFrom: String
    /// `FIRSTBELL_BOUNCE_ADDRESS`: where mail comes back, as `bounces@mail.district.example`. Default: to the sender, unread.
    var bounceAddress: String?
    /// `FIRSTBELL_BOUNCE_MAILDIR`: a Maildir to which the mail server delivers what comes back.
    var bounceMaildir: String?
    /// `FIRSTBELL_BOUNCE_LMTP`: where we take it in ourselves, as `unix:/run/firstbell/lmtp` or `127.0.0.1:2424`.
    var bounceLMTP: String?
    /// `FIRSTBELL_METRICS_TOKEN_FILE`: a file with the token for `/metrics` from elsewhere (secret).
    var metricsTokenFile: String?
    /// `FIRSTBELL_SESSION_STUDENT`, `FIRSTBELL_SESSION_STAFF`, `FIRSTBELL_SESSION_ADMINISTRATOR`: how long one stays signed
    /// in without a request and in all, as `30m 8h`. Default 30m 8h, 30m 12h and 15m 8h.
    var sessions: SessionLimits
    /// `FIRSTBELL_LOG_LEVEL`: trace, debug, info, notice, warning, error. Default `info`.
    var logLevel: String

    /// Reads the environment, then the file named by `FIRSTBELL_SETTINGS` (lines `FIRSTBELL_DATA=…`), then the defaults.
    static func read(environment: [String: String] = ProcessInfo.processInfo.environment) async throws -> Settings {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
        if let file = environment["FIRSTBELL_SETTINGS"], !file.isEmpty {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw Refusal("FIRSTBELL_SETTINGS names \(file), which cannot be read.")
            }
            providers.append(EnvironmentVariablesProvider(environmentVariables: Self.lines(of: text)))
        }
        return try Settings(ConfigReader(providers: providers).scoped(to: "firstbell"))
    }

    private init(_ config: ConfigReader) throws {
        func text(_ key: ConfigKey) -> String? {
            config.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
        }
        data = text("data") ?? "firstbell-data"
        databaseURL = text("database.url")
        databasePasswordFile = text("database.password.file")
        keyring = text("keyring") ?? "firstbell-keys"
        listen = try ListenAddress(text("listen") ?? "127.0.0.1:8080")
        tlsCertificate = text("tls.certificate")
        tlsKey = text("tls.key")
        publicURL = try PublicAddress.checked(
            text("public.url") ?? "\(tlsCertificate == nil ? "http" : "https")://\(listen)")
        trustedProxies = (text("trusted.proxies") ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let zone = text("time.zone")
        guard let found = zone.map(TimeZone.init(identifier:)) ?? TimeZone.current else {
            throw Refusal("FIRSTBELL_TIME_ZONE is \(zone ?? ""), which is no time zone. Write it as America/Denver.")
        }
        timeZone = found
        smtpURL = text("smtp.url")
        smtpPasswordFile = text("smtp.password.file")
        smtpCAFile = text("smtp.ca.file")
        smtpConnections =
            try MailLimits.number("FIRSTBELL_SMTP_CONNECTIONS", text("smtp.connections"), in: 1...50) ?? 4
        mailQuota = MailQuota(
            perMinute: try MailLimits.number(
                "FIRSTBELL_SMTP_PER_MINUTE", text("smtp.per.minute"), in: 1...1_000_000),
            perDay: try MailLimits.number("FIRSTBELL_SMTP_PER_DAY", text("smtp.per.day"), in: 1...100_000_000))
        mailFrom = text("mail.from") ?? "firstbell@\(PublicAddress.host(of: publicURL))"
        bounceAddress = text("bounce.address")
        bounceMaildir = text("bounce.maildir")
        bounceLMTP = text("bounce.lmtp")
        metricsTokenFile = text("metrics.token.file")
        logLevel = text("log.level") ?? "info"
        let usual = SessionLimits.standard
        sessions = SessionLimits(
            student: try SessionSpans.limit("FIRSTBELL_SESSION_STUDENT", text("session.student"), usual.student),
            staff: try SessionSpans.limit("FIRSTBELL_SESSION_STAFF", text("session.staff"), usual.staff),
            administrator: try SessionSpans.limit(
                "FIRSTBELL_SESSION_ADMINISTRATOR", text("session.administrator"), usual.administrator))
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw Refusal("Set both FIRSTBELL_TLS_CERTIFICATE and FIRSTBELL_TLS_KEY, or none of them.")
        }
    }

    /// `NAME=value` a line; `#` begins a comment line; quotes around a value fall away.
    static func lines(of text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            guard !trimmed.hasPrefix("#"), let equals = trimmed.firstIndex(of: "=") else { continue }
            let name = trimmed[..<equals].trimmingCharacters(in: .whitespaces)
            let value = trimmed[trimmed.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            values[name] = value.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        return values
    }
}

/// Something that cannot be done, in a sentence that says what to do: exit code 1.
struct Refusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
