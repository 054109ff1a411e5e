package import Storage

/// What a server and its database are like, as far as FirstBell needs to know.
package struct ServerFacts: Record {
    /// As `150018` for 15.18.
    package let version: Int
    package let encoding: String
    package let collation: String
    package let characterType: String
    /// A replica: it takes no writes.
    package let isReplica: Bool
    package let usesTLS: Bool
    /// May make tables in the schema that is looked in first, and schemas for rosters.
    package let mayCreate: Bool
    package let isSuperuser: Bool
    /// The server's clock, in milliseconds since 1970 UTC.
    package let now: Int
    package let synchronousCommit: String
    package let fsync: String
    /// Replicas that must have a commit before it is acknowledged; empty for none.
    package let synchronousStandbys: String
    /// Replicas that are connected now.
    package let replicas: Int
    package let maxConnections: Int
    /// Connections that an account like ours can still open.
    package let connectionsLeft: Int
    /// What a transaction is that asks for nothing: FirstBell always asks.
    package let defaultIsolation: String

    package init(row: any Row) throws {
        version = try row["version"]
        encoding = try row["encoding"]
        collation = try row["collation"]
        characterType = try row["ctype"]
        isReplica = try row["is_replica"]
        usesTLS = try row["uses_tls"]
        mayCreate = try row["may_create"]
        isSuperuser = try row["is_superuser"]
        now = try row["now"]
        synchronousCommit = try row["synchronous_commit"]
        fsync = try row["fsync"]
        synchronousStandbys = try row["standbys"]
        replicas = try row["replicas"]
        maxConnections = try row["max_connections"]
        connectionsLeft = try row["connections_left"]
        defaultIsolation = try row["default_isolation"]
    }

    /// The oldest version that is taken.
    package static let oldest = 140_000

    /// Why FirstBell cannot keep its rows here, with what to do; nil when it can.
    package var obstacle: String? {
        if version < Self.oldest {
            return "it is PostgreSQL \(version / 10_000); FirstBell needs 14 or newer. Upgrade the server."
        }
        if encoding != "UTF8" || collation != "C" || characterType != "C" {
            return """
                its encoding is \(encoding), LC_COLLATE \(collation), LC_CTYPE \(characterType). Make the database with: \
                CREATE DATABASE firstbell TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
                """
        }
        if isReplica {
            return
                "the server is a replica, which takes no writes. Name the primary, or all servers, in FIRSTBELL_DATABASE_URL."
        }
        if !mayCreate {
            return """
                the account may not make tables and schemas. Let it own the database: \
                ALTER DATABASE firstbell OWNER TO the account
                """
        }
        return nil
    }
}

/// How the three kinds of transactions run, in PostgreSQL's words.
package struct Isolations: Sendable, Equatable {
    package let reading: String
    package let writing: String
    package let sharing: String

    package static let expected = Isolations(
        reading: "repeatable read, read only", writing: "serializable", sharing: "read committed")
}

extension PostgreSQLDatabase {
    /// What transactions get when they ask, whatever the defaults are. Writes nothing.
    package func isolations() async throws -> Isolations {
        let asking: SQL = """
            SELECT current_setting('transaction_isolation') || CASE current_setting('transaction_read_only')
              WHEN 'on' THEN ', read only' ELSE '' END AS value
            """
        return Isolations(
            reading: try await read { try $0.value(asking) ?? "" },
            writing: try await write { try $0.value(asking) ?? "" },
            sharing: try await write(at: .readCommitted) { try $0.value(asking) ?? "" })
    }

    /// Asks the server about itself.
    package func facts() async throws -> ServerFacts {
        let facts: ServerFacts? = try await read { connection in
            try connection.fetchOne(
                """
                SELECT current_setting('server_version_num')::bigint AS version, pg_encoding_to_char(d.encoding) AS encoding,
                  d.datcollate AS collation, d.datctype AS ctype, pg_is_in_recovery() AS is_replica,
                  coalesce((SELECT s.ssl FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()), FALSE) AS uses_tls,
                  has_database_privilege(d.oid, 'CREATE') AND coalesce(
                    has_schema_privilege(current_schema(), 'CREATE'), FALSE) AS may_create,
                  coalesce((SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user), FALSE) AS is_superuser,
                  (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
                  current_setting('synchronous_commit') AS synchronous_commit, current_setting('fsync') AS fsync,
                  current_setting('synchronous_standby_names') AS standbys,
                  (SELECT count(*) FROM pg_stat_replication) AS replicas,
                  current_setting('max_connections')::bigint AS max_connections,
                  current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
                    - (SELECT count(*) FROM pg_stat_activity a WHERE a.datid IS NOT NULL) AS connections_left,
                  current_setting('default_transaction_isolation') AS default_isolation
                FROM pg_database d WHERE d.datname = current_database()
                """)
        }
        guard let facts else { throw StorageError.unavailable("the server says nothing about its database") }
        return facts
    }
}
