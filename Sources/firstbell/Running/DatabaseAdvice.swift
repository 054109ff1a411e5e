import Storage
import StoragePostgreSQL

/// What to do about a PostgreSQL server that cannot be used, found by what it or libpq says.
enum DatabaseAdvice {
    /// Parts of messages as libpq 15 and PostgreSQL 14 to 17 write them in English; the first that fits counts.
    private static let known: [(part: String, advice: String)] = [
        ("could not translate host name", "Is the host's name in FIRSTBELL_DATABASE_URL right?"),
        ("Connection refused", "Does PostgreSQL run there, on that port, and listen to us (listen_addresses)?"),
        ("Network is unreachable", "Is the host in FIRSTBELL_DATABASE_URL right?"),
        ("No route to host", "Is the host in FIRSTBELL_DATABASE_URL right?"),
        (
            "No such file or directory",
            "Is the socket's folder in FIRSTBELL_DATABASE_URL right, and does PostgreSQL run?"
        ),
        (
            "password authentication failed",
            "Is the password in FIRSTBELL_DATABASE_PASSWORD_FILE (or PGPASSFILE) that of the account?"
        ),
        ("no password supplied", "Set FIRSTBELL_DATABASE_PASSWORD_FILE, or PGPASSFILE."),
        ("no pg_hba.conf entry", "Let the account in from here: a line hostssl in the server's pg_hba.conf."),
        ("certificate verify failed", "Name the authority of the server's certificate with sslrootcert."),
        ("root certificate file", "Name the authority of the server's certificate with sslrootcert."),
        ("does not match host name", "Call the server by the name in its certificate."),
        ("server does not support SSL", "Turn TLS on there (ssl = on, with certificate and key)."),
        (
            "does not exist",
            "Make what is missing, as docs/operations.md says: the role with createuser, the database with CREATE DATABASE."
        ),
        ("is not permitted to log in", "Let it: ALTER ROLE the account LOGIN"),
        (
            "session is read-only",
            "Name the primary, or all servers; and look that default_transaction_read_only is off for the account."
        ),
        ("hot standby mode", "It is a replica. Name the primary, or all servers, in FIRSTBELL_DATABASE_URL."),
        ("too many connections", "Raise the limit of the role, the database or max_connections."),
        ("too many clients", "Raise max_connections."),
        ("remaining connection slots", "Raise max_connections."),
        ("is starting up", "Wait until it has, and start again."),
        ("disk is full", "Make room on the server."),
        ("has no right", "Let the account own the database: ALTER DATABASE firstbell OWNER TO the account"),
        // Last: of several tries one may say more.
        ("timeout expired", "Nothing answers there. Are host and port right, and does a firewall let us through?"),
    ]

    static func about(_ message: String) -> String? { known.first { message.contains($0.part) }?.advice }
}

extension PostgreSQLAddress {
    /// Why this database cannot be used, and what to do.
    func complaint(about error: StorageError) -> String {
        let reason = error.inWords
        let end = reason.hasSuffix(".") ? "" : "."
        let advice = DatabaseAdvice.about(reason).map { " \($0)" } ?? ""
        return "\(self), cannot be used: \(reason)\(end)\(advice)"
    }
}
