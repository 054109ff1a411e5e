import Core
import Storage
import TestSupport

extension Schoolhouse {
    /// Gwen Gray, made an administrator of Alder Creek alone, at her browser.
    func scopedAdministrator() async throws -> Visitor {
        try await write { connection in
            try connection.execute(
                "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.gray.id), 'schools')")
            try connection.execute(
                "INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.gray.id), \(Cast.alder))")
        }
        return try await visitor(signedInAs: Cast.gray)
    }

    /// The account with a username.
    func account(named username: String) async throws -> ID<Account>? {
        try await read { try $0.value("SELECT id AS value FROM account WHERE username = \(username)") }
    }

    func text(_ sql: SQL) async throws -> String? { try await read { try $0.value(sql, as: String.self) } }

    /// Puts a student in Alder Creek by hand, through the form.
    @discardableResult
    func addZoe(_ office: Visitor, number: String = "1234", act: ID<Act> = Cast.id(90)) async throws -> ID<Account> {
        try await office.post(
            "/admin/students/new",
            [
                "act": "\(act)", "given": "Zoë", "family": "Lund", "number": number, "school": "\(Cast.alder)",
                "tracker": "\(Cast.class4B)", "then": "look",
            ])
        guard let zoe = try await account(named: "zoe.l") else { throw Trouble("Zoë was not added") }
        return zoe
    }
}
