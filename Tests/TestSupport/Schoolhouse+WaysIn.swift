package import Core
import Foundation
import Storage

/// A card in a child's hand.
package struct PrintedSlip: Sendable {
    package let credential: ID<Credential>
    package let sheet: ID<CardSheet>
    /// The words on it.
    package let password: String
    /// Where its QR code leads.
    package let path: String
}

extension Schoolhouse {
    /// The path in a mail that was sent to a member; it works for 14 days.
    package func mailedLink(to member: Member, id: ID<ActivationLink> = .random()) async throws -> String {
        let now = clock.now
        let key = keyring.current
        try await write { connection in
            try connection.execute(
                """
                INSERT INTO activation_link (id, account_id, origin, key_id, generation, address, made_at, ends_at)
                SELECT \(id), a.id, 'mail', \(key), a.generation, a.address, \(now), \(now + .days(14))
                FROM account a WHERE a.id = \(member.id)
                """)
            try connection.execute(
                """
                UPDATE account SET mail_state = 'accepted', mail_at = \(now), link_state = 'mailed', link_at = \(now),
                  link_ends_at = \(now + .days(14)) WHERE id = \(member.id)
                """)
        }
        return "/activate/\(try ActivationToken(id: id, keyID: key, keyring: keyring).text.value)"
    }

    /// The code that stands beside that link in the mail.
    package func mailedCode(of link: ID<ActivationLink>) throws -> String {
        try LinkCode(link: link, keyID: keyring.current, keyring: keyring).text.value
    }

    /// A card that Ms. Ada printed for a student of hers.
    package func printedSlip(for member: Member) async throws -> PrintedSlip {
        let now = clock.now
        let teacher = Teacher(id: Cast.ada.id, day: SchoolDay(now, in: .gmt))
        let new = NewCardSheet(
            act: .new(at: now), scope: .student(member.id), key: keyring.current, mint: IDMint(at: now), now: now)
        let found = try await write { connection -> (ID<CardSheet>, ID<Credential>, PasswordForm)? in
            guard let sheet = try connection.makeCardSheet(new, by: .teacher(teacher)),
                let row = try connection.rows(
                    """
                    SELECT c.id, c.form FROM account a JOIN credential c ON c.id = a.credential_id
                    WHERE a.id = \(member.id)
                    """
                ).first
            else { return nil }
            return (sheet, try row["id"], try row["form"])
        }
        guard let (sheet, credential, form) = found else { throw Trouble("no card for \(member.given)") }
        let key = keyring.current
        let token = try CardToken(sheet: sheet, credential: credential, keyID: key, keyring: keyring)
        let password = try TemporaryPassword(credential: credential, keyID: key, form: form, keyring: keyring)
        return PrintedSlip(
            credential: credential, sheet: sheet, password: password.text.value, path: "/activate/\(token.text.value)")
    }

    /// The roster has taken somebody out.
    package func suspend(_ member: Member) async throws {
        let now = clock.now
        try await write {
            try $0.execute(
                "UPDATE account SET suspended_at = \(now), suspended_for = 'roster' WHERE id = \(member.id)")
        }
    }
}

extension Schoolhouse {
    /// Gives somebody the administration of one school.
    package func makeAdministrator(_ member: Member, of administered: ID<School>) async throws {
        try await write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(member.id), 'schools')")
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(member.id), \(administered))")
        }
    }

    /// One more student of Alder, who has no address.
    package func enroll(_ username: String, number: UInt8) async throws {
        let id: ID<Account> = Cast.id(number)
        try await write { connection in
            try connection.execute(
                """
                INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name)
                VALUES (\(id), 'student', 'roster', \(Cast.alder), \(username), \(username), 'Kidd', \("kidd \(username)"))
                """)
            try connection.execute("INSERT INTO username (name_key, account_id) VALUES (\(username), \(id))")
            try connection.execute(
                "INSERT INTO membership (account_id, school_id) VALUES (\(id), \(Cast.alder))")
        }
    }
}
