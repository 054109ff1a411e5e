import Core
import Foundation

/// Every setting by its name in the environment, with what it is at present.
struct SettingsListing {
    struct Line: Equatable {
        let name: String
        /// What it is; `not set`, or only `set` where it leads to a secret.
        let value: String
        let isGiven: Bool
    }
    let lines: [Line]
    /// Names that look like settings and are none.
    let strangers: [String]

    /// `given` is what environment and file say; `settings` has the defaults, and is nil when what was given is no good.
    init(given: [String: String], settings: Settings?) {
        let given = given.filter { !$0.value.isEmpty }
        lines = Self.names.map { name in
            let value: String
            if let text = given[name] {
                value = Self.secrets.contains(name) ? "set" : Self.withoutPassword(text)
            } else {
                value = settings.flatMap { Self.standard(name, $0) } ?? "not set"
            }
            return Line(name: name, value: value, isGiven: given[name] != nil)
        }
        strangers = given.keys.filter { $0.hasPrefix("FIRSTBELL_") && !Self.names.contains($0) }.sorted()
    }

    private static let names = [
        "FIRSTBELL_SETTINGS", "FIRSTBELL_DATA", "FIRSTBELL_DATABASE_URL", "FIRSTBELL_DATABASE_PASSWORD_FILE",
        "FIRSTBELL_KEYRING", "FIRSTBELL_PUBLIC_URL", "FIRSTBELL_LISTEN",
        "FIRSTBELL_TLS_CERTIFICATE", "FIRSTBELL_TLS_KEY", "FIRSTBELL_TRUSTED_PROXIES", "FIRSTBELL_TIME_ZONE",
        "FIRSTBELL_SMTP_URL", "FIRSTBELL_SMTP_PASSWORD_FILE", "FIRSTBELL_SMTP_CA_FILE",
        "FIRSTBELL_SMTP_CONNECTIONS", "FIRSTBELL_SMTP_PER_MINUTE", "FIRSTBELL_SMTP_PER_DAY", "FIRSTBELL_MAIL_FROM",
        "FIRSTBELL_BOUNCE_ADDRESS", "FIRSTBELL_BOUNCE_MAILDIR", "FIRSTBELL_BOUNCE_LMTP",
        "FIRSTBELL_METRICS_TOKEN_FILE", "FIRSTBELL_LOG_LEVEL", "FIRSTBELL_SESSION_STUDENT", "FIRSTBELL_SESSION_STAFF",
        "FIRSTBELL_SESSION_ADMINISTRATOR",
    ]
    /// The database's address may hold its password.
    private static let secrets: Set = [
        "FIRSTBELL_DATABASE_URL", "FIRSTBELL_DATABASE_PASSWORD_FILE", "FIRSTBELL_SMTP_PASSWORD_FILE",
        "FIRSTBELL_METRICS_TOKEN_FILE",
    ]

    /// What counts when nothing was given; nil where that is nothing.
    private static func standard(_ name: String, _ settings: Settings) -> String? {
        switch name {
        case "FIRSTBELL_DATA": settings.data
        case "FIRSTBELL_KEYRING": settings.keyring
        case "FIRSTBELL_PUBLIC_URL": settings.publicURL
        case "FIRSTBELL_LISTEN": settings.listen.description
        case "FIRSTBELL_TIME_ZONE": settings.timeZone.identifier
        case "FIRSTBELL_SMTP_CONNECTIONS": "\(settings.smtpConnections)"
        case "FIRSTBELL_MAIL_FROM": settings.mailFrom
        case "FIRSTBELL_LOG_LEVEL": settings.logLevel
        case "FIRSTBELL_SESSION_STUDENT": SessionSpans.text(settings.sessions.student)
        case "FIRSTBELL_SESSION_STAFF": SessionSpans.text(settings.sessions.staff)
        case "FIRSTBELL_SESSION_ADMINISTRATOR": SessionSpans.text(settings.sessions.administrator)
        default: nil
        }
    }

    /// No address should hold a password; one that does is not shown.
    private static func withoutPassword(_ text: String) -> String {
        text.replacing(/\/\/([^:\/@]*):.*@/) { "//\($0.output.1):•••@" }
    }
}

extension Settings {
    /// Names and values as environment and file give them; the environment comes first.
    static func given(environment: [String: String] = ProcessInfo.processInfo.environment) -> [String: String] {
        var given = environment.filter { $0.key.hasPrefix("FIRSTBELL_") }
        guard let file = environment["FIRSTBELL_SETTINGS"],
            let text = try? String(contentsOfFile: file, encoding: .utf8)
        else { return given }
        given.merge(lines(of: text)) { first, _ in first }
        return given
    }
}
