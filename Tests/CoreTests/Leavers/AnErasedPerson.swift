import Core
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct AnErasedPerson {
    private func erased(_ body: @Sendable (Schoolhouse) async throws -> Void) async throws {
        try await Schoolhouse.open { school in
            try await school.setRule()
            try await Quentin.enter(school)
            try await school.leave(Cast.ben, days: 401)
            #expect(try await school.eraseAll() != .changed)
            #expect(try await school.isErased(Cast.ben))
            try await body(school)
        }
    }

    private func traces(_ school: Schoolhouse) async throws -> [String] {
        try await school.read { connection in
            try connection.texts().filter { text in Quentin.traces.contains { text.text.lowercased().contains($0) } }
                .map { "\($0.column): \($0.text)" }
        }
    }

    @Test func `stands in no text of any table, nor in any byte that is written`() async throws {
        try await erased { school in
            #expect(try await traces(school) == [])
            try await school.database.checkpoint()
            let bytes = Data(try await school.bytesOnDisk())
            for trace in ["Quentin", "quentin", "Zyxwv", "zyxwv", "778899"] {
                #expect(bytes.range(of: Data(trace.utf8)) == nil, "\(trace) is on the disk")
            }
        }
    }

    /// Columns of text that never say who somebody is: words of ours, times, the district's own names, sealed rosters.
    private static let impersonal: Set<String> = [
        "account.kind", "account.origin", "account.password_hash", "account.suspended_for", "account.mail_state",
        "account.link_state", "account.card_state", "account.counted_state", "account.counted_school",
        "account.counted_grade", "account.suspended_scope", "account.grade", "account.language",
        "account.roster_language", "account_source.source", "activation_count.day", "activation_count.slot",
        "activation_day.day", "activation_link.origin", "activation_link.purpose", "address_list.file_name",
        "address_list.state", "address_list.refused_reason", "address_list.refused_value", "address_list_line.finding",
        "administrator.scope", "allowance.key", "audit.act", "audit.detail", "audit_school.act", "credential.form",
        "database_copy.side", "database_copy.other", "district.name", "district.language", "enrollment.role",
        "enrollment.begins_on", "enrollment.ends_on", "enrollment.origin", "kept_roster_part.sealed",
        "list_draft.file_name", "list_draft.sealed", "list_draft.source_id", "mail.bounce", "mail.kind", "mail.state",
        "mail.language", "mailing.kind", "mailing_act.kind",
        "mailing.sender_place", "mailing.queue_school", "mailing.queue_after", "mailing_skip.reason", "migration.name",
        "notice.event", "person_match.source", "person_match.answer", "person_match.grade", "roster_plan.source",
        "roster_plan.file_name", "roster_plan.state", "roster_plan.refused_reason", "roster_plan.refused_file",
        "roster_plan.runner", "roster_plan.position", "roster_plan.format", "roster_plan.system_name",
        "roster_plan.asked_format", "roster_plan.added_to", "roster_plan.returns_to", "roster_plan.pulled",
        "roster_service.version", "roster_service.address", "roster_service.token_address", "roster_service.client",
        "roster_service.scope", "roster_service.sealed", "roster_notice.event", "roster_plan_school.school_key",
        "roster_plan_school.name", "roster_problem.reason", "roster_problem_place.file", "roster_source.name",
        "roster_source.kind", "roster_source.columns", "school.name", "school.language", "school.source",
        "school.source_id", "server.place", "server.keys", "session.stage", "session.language", "student_tally.grade",
        "student_tally.state", "tracker.name", "tracker.grade", "tracker.room", "tracker.period", "tracker.begins_on",
        "tracker.ends_on", "tracker.source", "tracker.source_id",
        // What a district says to everybody.
        "mail_sender.name", "mail_sender.reply_to", "mail_sender.signature", "mail_words.letter",
        "mail_words.language", "mail_words.subject", "mail_words.body",
    ]

    @Test func `was written before into every column that can say who somebody is, so that no new one is forgotten`()
        async throws
    {
        try await Schoolhouse.open { school in
            try await Quentin.enter(school)
            let (columns, texts) = try await school.read { connection in
                let columns = try connection.tables().flatMap { table in
                    table.columns.filter { $0.type == .text }.map { (table: table.name, name: $0.name) }
                }
                return (columns, try connection.texts())
            }
            let told = Set(
                texts.filter { text in Quentin.traces.contains { text.text.lowercased().contains($0) } }.map(\.column))
            let unknown = columns.filter { column in
                let isID =
                    column.name == "id" || column.name.hasSuffix("_by")
                    || column.name.hasSuffix("_id") && column.name != "source_id"
                let place = "\(column.table).\(column.name)"
                return !isID && !told.contains(place) && !Self.impersonal.contains(place)
            }
            #expect(unknown.map { "\($0.table).\($0.name)" } == [])
        }
    }

    @Test func `leaves an empty account for the audit to name, and nothing of a door`() async throws {
        try await erased { school in
            let kept: Set = [
                "id", "kind", "origin", "suspended_at", "suspended_for", "generation", "archived_at", "erased_at",
                "seen_at", "counted_state", "counted_school", "counted_grade",
            ]
            let left = try await school.read { connection -> [String] in
                guard let table = try connection.tables().first(where: { $0.name == "account" }) else { return [""] }
                let rows = try connection.rows(of: table, after: nil, limit: 1_000).values
                let width = table.columns.count
                let start = stride(from: 0, to: rows.count, by: width).first {
                    rows[$0..<$0 + width].contains(.text(Quentin.id.description))
                }
                return table.columns.enumerated().compactMap { index, column in
                    let value = rows[(start ?? 0) + index]
                    return kept.contains(column.name) || [.null, .text(""), .bool(false)].contains(value)
                        ? nil : column.name
                }
            }
            #expect(left == [])
            for table: SQL in [
                "username", "account_source", "session", "credential", "mail", "notice", "mailing_skip",
                "card_sheet_line",
                "enrollment", "membership", "suspension_school", "person_match", "address_list_line",
            ] {
                #expect(
                    try await school.count("SELECT count(*) AS value FROM \(table) WHERE account_id = \(Quentin.id)")
                        == 0)
            }
            #expect(
                try await school.count(
                    """
                    SELECT count(*) AS value FROM activation_link
                    WHERE account_id = \(Quentin.id) AND (voided_at IS NULL OR address IS NOT NULL)
                    """) == 0)
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE subject_id = \(Quentin.id)") >= 2)
        }
    }

    @Test func `is found by nobody, and is nobody's in the audit`() async throws {
        try await erased { school in
            let now = school.clock.now
            let found = try await school.read { connection in
                (
                    try connection.student(Quentin.id, within: Schoolhouse.district, at: now),
                    try connection.person(Quentin.id, for: Schoolhouse.district),
                    try connection.audit(for: Schoolhouse.district, filter: AuditFilter(subject: Quentin.id))
                )
            }
            #expect(found.0 == nil && found.1 == nil)
            #expect(try await !school.listed().keys.contains(""))
            #expect(try await school.listed(StudentFilter(state: .archived)).isEmpty)
            let line = try #require(found.2.lines.first)
            #expect(line.act == "person-erased" && line.subject?.isErased == true && line.subject?.name == "")
            #expect(!line.isSubjectHidden)
            let visitor = school.visitor()
            #expect(try await visitor.signIn("quentin.zyxwv", Cast.password).location != "/home")
        }
    }

    @Test func `can never be written to again`() async throws {
        try await erased { school in
            for statement: SQL in [
                "UPDATE account SET given_name = 'Ben' WHERE id = \(Quentin.id)",
                "UPDATE account SET suspended_at = NULL, suspended_for = NULL WHERE id = \(Quentin.id)",
                "UPDATE account SET address = 'x@y.example', address_key = 'x@y.example' WHERE id = \(Quentin.id)",
            ] {
                await #expect(throws: (any Error).self) { try await school.write { try $0.execute(statement) } }
            }
        }
    }

    @Test func `leaves what others have as it was`() async throws {
        try await erased { school in
            let asked = try await school.count("SELECT count(*) AS value FROM person_match WHERE id = 'm2'")
            #expect(asked == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM mail WHERE id = 'mail-h'") == 1)
            #expect(
                try await school.count(
                    "SELECT count(*) AS value FROM roster_problem_place WHERE value = 'somebody else'")
                    == 1)
            #expect(try await school.listed().count == 5)
        }
    }
}
