import Core
import Storage
import TestSupport

/// A student whose name stands in every place that has room for one; he is Ben of the cast under another name.
enum Quentin {
    static let id = Cast.ben.id
    /// What no text of the database may hold once he is erased.
    static let traces = ["quentin", "zyxwv", "778899", "q-alias-9"]
    static let name = "Quentin Zyxwv"
    private static let address = "quentin@zyxwv.example"

    /// Writes him everywhere.
    static func enter(_ school: Schoolhouse) async throws {
        let now = school.clock.now
        try await school.write { connection in
            for statement in account + rosters(at: now) + lists(at: now) { try connection.execute(statement) }
        }
        _ = try await school.printedSlip(for: Cast.ben)
        _ = try await school.mailedLink(to: Cast.ben)
        try await school.write { connection in
            for statement in waysIn(at: now) + mails(at: now) { try connection.execute(statement) }
        }
    }

    private static var account: [SQL] {
        [
            """
            UPDATE account SET given_name = 'Quentin', family_name = 'Zyxwv', sort_name = 'zyxwv quentin', given_sort = 'quentin',
              username = 'quentin.zyxwv', roster_username = 'quentin.z', number = 'N-778899', grade = '7', language = 'es',
              roster_language = 'es', address = \(address), address_key = \(address), roster_address = 'q@zyxwv.example',
              roster_roles = 'quentin', name_is_pinned = TRUE, roster_given_name = 'Quentin',
              roster_family_name = 'Zyxwv', act_id = 'quentin', disowned_at = 5, guessed_until = 5, mail_reason = 'zyxwv'
            WHERE id = \(id)
            """,
            "UPDATE username SET name_key = 'quentin.zyxwv' WHERE account_id = \(id)",
            "INSERT INTO username (name_key, account_id, alias) VALUES ('q-alias-9', \(id), 'Q-Alias-9')",
            "INSERT INTO suspension_school (account_id, school_id) VALUES (\(id), \(Cast.alder))",
        ]
    }

    private static func rosters(at now: Timestamp) -> [SQL] {
        let plan = ID<RosterSync>.new(at: now)
        let later = ID<RosterSync>.new(at: now + .days(500))
        return [
            """
            INSERT INTO account_source (source, source_id, account_id, same_as)
            VALUES ('roster', 's-zyxwv-5', \(id), NULL), ('roster', 's-zyxwv-6', \(id), 's-zyxwv-5')
            """,
            """
            INSERT INTO roster_plan (id, source, file_name, made_at, state, refused_value)
            VALUES (\(plan), 'roster', 'f', \(now), 'refused', 'quentin@'), (\(later), 'roster', 'f', \(now), 'applied', '')
            """,
            """
            INSERT INTO roster_problem (plan_id, position, reason, is_refused, count)
            VALUES (\(plan), 0, 'r', FALSE, 1), (\(later), 0, 'r', FALSE, 1)
            """,
            """
            INSERT INTO roster_problem_place (plan_id, position, number, file, line, value) VALUES
            (\(plan), 0, 0, 'f', 1, 'quentin at zyxwv.example'), (\(later), 0, 0, 'f', 1, 's-zyxwv-5'),
            (\(later), 0, 1, 'f', 2, 'somebody else')
            """,
            // A question about him, and one about Hal in which the roster's row was his.
            """
            INSERT INTO person_match (id, source, source_id, account_id, plan_id, given_name, family_name, username, number,
              address, grade, schools, trackers, replaces, answer, answered_at)
            VALUES ('m1', 'roster', 'x-zyxwv', \(id), \(plan), 'Quentin', 'Zyxwv', 'quentin', '778899', \(address), '7',
              'zyxwv', 'zyxwv', 's-zyxwv', 'two', 5),
              ('m2', 'roster', 's-zyxwv-5', \(Cast.hal.id), \(plan), 'Quentin', 'Zyxwv', 'quentin', '778899', \(address), '7',
              'zyxwv', 'zyxwv', 's-zyxwv', 'two', 5)
            """,
            "INSERT INTO person_match_school (match_id, school_id) VALUES ('m1', \(Cast.alder))",
        ]
    }

    private static func lists(at now: Timestamp) -> [SQL] {
        [
            """
            INSERT INTO address_list (id, act_id, made_by, made_at, file_name, state, ends_at)
            VALUES ('l', 'a', \(Cast.ruth.id), 1, 'f', 'applied', \(now + .days(900)))
            """,
            """
            INSERT INTO address_list_line (list_id, line, named, address, address_key, account_id, before_address, finding, reason)
            VALUES ('l', 1, 'quentin.zyxwv', \(address), \(address), \(id), 'old@zyxwv.example', 'changed', 'zyxwv')
            """,
            "INSERT INTO address_list_crowd (list_id, address, people) VALUES ('l', \(address), 12)",
            """
            INSERT INTO throttle (name_key, failures, blocked_until, last_at) VALUES ('quentin.zyxwv', 3, 1, 1),
              (\(address), 3, 1, 1), ('n-778899', 3, 1, 1)
            """,
        ]
    }

    private static func waysIn(at now: Timestamp) -> [SQL] {
        [
            """
            INSERT INTO session (id, account_id, stage, language, made_at, seen_at, ends_at)
            VALUES ('s', \(id), 'full', 'es', 1, 1, \(now + .days(900)))
            """,
            "UPDATE account SET card_state = 'printed', card_at = 5, card_ends_at = 6 WHERE id = \(id)",
        ]
    }

    private static func mails(at now: Timestamp) -> [SQL] {
        [
            """
            INSERT INTO mailing (id, act_id, kind, made_by, made_at, sender_name, sender_place, all_trackers, message,
              template_version) VALUES ('g', 'act-g', 'student', \(Cast.ada.id), 1, 'Ada Moss', 'Alder', FALSE, '', 1),
              ('h', 'act-h', 'student', \(id), 1, \(name), 'Alder', FALSE, 'Yours, Quentin', 1)
            """,
            """
            INSERT INTO mailing_skip (mailing_id, account_id, reason) VALUES ('h', \(id), 'active')
            """,
            """
            INSERT INTO mail (id, kind, mailing_id, account_id, state, state_at, priority, due_at, language, address, link_id, reason)
            SELECT 'mail-g', 'activation', 'g', \(id), 'bounced', 1, 0, 1, 'es', \(address), l.id, 'zyxwv.example says no'
            FROM activation_link l WHERE l.account_id = \(id)
            """,
            """
            INSERT INTO mail (id, kind, account_id, state, state_at, priority, due_at, language, address)
            VALUES ('mail-n', 'notice', \(id), 'accepted', 1, 0, 1, 'es', \(address)), ('mail-h', 'notice', \(Cast.hal.id),
              'accepted', 1, 0, 1, 'en', 'hal@home.example')
            """,
            """
            INSERT INTO notice (mail_id, account_id, event, actor_id, generation, made_at, ends_at)
            VALUES ('mail-n', \(id), 'password-chosen', \(id), 0, 1, 1),
              ('mail-h', \(Cast.hal.id), 'password-reset', \(id), 0, 1, 1)
            """,
            """
            INSERT INTO roster_notice (mail_id, plan_id, event) SELECT 'mail-n', MIN(id), 'held' FROM roster_plan
            """,
            """
            INSERT INTO audit (id, at, actor_id, act, subject_id, detail)
            VALUES ('0192aaaa-0000-7000-8000-000000000000', 1, \(id), 'password-chosen', \(id), '')
            """,
        ]
    }
}
