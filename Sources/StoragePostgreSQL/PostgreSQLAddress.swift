internal import CPostgreSQL
internal import Storage

/// Where a PostgreSQL database is and how to sign in there. Prints without its password.
package struct PostgreSQLAddress: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// libpq's keywords (PostgreSQL documentation, 34.1.2) with their values.
    private(set) var parameters: [String: String]
    /// What is set at the beginning of each connection.
    private(set) var settings: [String: String] = [
        // Compiling a statement or starting helpers for it takes longer than any statement of ours.
        "jit": "off", "max_parallel_workers_per_gather": "0", "idle_in_transaction_session_timeout": "60s",
        // What a machine of ours that is gone has locked is free again before long; Linux would keep it for two hours.
        "tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
    ]

    /// Reads `postgresql://user@host1,host2:5432/name?sslmode=verify-full`. `password` is used where the URL has none.
    ///
    /// Throws `StorageError.unavailable` with libpq's word for what is wrong with the URL, which never names the password.
    package init(url: String, password: String? = nil) throws {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            throw StorageError.unavailable(Self.complaint(message.map { String(cString: $0) }, about: url))
        }
        defer { PQconninfoFree(options) }
        var found = Self.usual
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        if let password, found["password"] == nil { found["password"] = password }
        parameters = found
    }

    /// The server that takes writes is looked for among several; a line that hangs is noticed within seconds.
    private static let usual = [
        "application_name": "firstbell", "client_encoding": "UTF8", "target_session_attrs": "read-write",
        "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
        "tcp_user_timeout": "8000",
    ]

    private static func complaint(_ message: String?, about url: String) -> String {
        guard let text = message?.split(whereSeparator: \.isNewline).joined(separator: " ") else {
            return "it cannot be read"
        }
        // libpq repeats in quotes what it could not read, and that may be a password: only a keyword's name is said again.
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.map { index in
            let part = parts[index]
            if index.isMultiple(of: 2) { return String(part) }
            let isName = ["?", "&", " "].contains { url.contains("\($0)\(part)=") } || url.hasPrefix("\(part)=")
            return isName || part == "=" ? "\"\(part)\"" : "…"
        }.joined()
    }

    /// The same database with other names looked up in this schema first.
    package func inSchema(_ schema: String) -> PostgreSQLAddress {
        var copy = self
        copy.settings["search_path"] = schema
        return copy
    }

    /// The same server and account with another database.
    package func database(_ name: String) -> PostgreSQLAddress {
        var copy = self
        copy.parameters["dbname"] = name
        return copy
    }

    /// An address for each of its hosts, in their order (PostgreSQL documentation, 34.1.1.3).
    var hosts: [PostgreSQLAddress] {
        let keywords = ["host", "hostaddr", "port"]
        let lists = keywords.map { parameters[$0]?.split(separator: ",", omittingEmptySubsequences: false) ?? [] }
        let count = max(lists[0].count, lists[1].count)
        guard count > 1 else { return [self] }
        return (0..<count).map { index in
            var copy = self
            for (keyword, list) in zip(keywords, lists) where !list.isEmpty {
                copy.parameters[keyword] = String(list.count == 1 ? list[0] : list[min(index, list.count - 1)])
            }
            return copy
        }
    }

    /// How long one host may take to let us in, in seconds: what the address says, or two.
    var patience: Double { parameters["connect_timeout"].flatMap(Double.init).map { max(1, $0) } ?? 2 }

    package var databaseName: String? { parameters["dbname"] }

    /// The same with a setting of the session, such as `synchronous_commit`.
    package func setting(_ name: String, to value: String) -> PostgreSQLAddress {
        var copy = self
        copy.settings[name] = value
        return copy
    }

    /// Where the password may come from besides the URL and what was given: `PGPASSFILE`, `~/.pgpass`, a service file.
    package var hasPassword: Bool { parameters["password"] != nil }

    /// How much of TLS is asked for; libpq's own habit is `prefer`.
    package var sslMode: String { parameters["sslmode"] ?? "prefer" }

    /// Whether all its servers are on this machine.
    package var isLoopback: Bool {
        let hosts = (parameters["hostaddr"] ?? parameters["host"] ?? "").split(separator: ",")
        return hosts.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("127.") || ["localhost", "::1", "@"].contains($0) }
    }

    /// Host and port as they were given.
    var place: String {
        let host = parameters["host"] ?? parameters["hostaddr"] ?? "the local socket"
        return host + (parameters["port"].map { ":\($0)" } ?? "")
    }

    package var description: String {
        "PostgreSQL at \(place), database \(parameters["dbname"] ?? parameters["user"] ?? "of the account")"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
