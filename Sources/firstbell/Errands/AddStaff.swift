import Core
import Foundation
import Storage

/// Makes a member of staff and hands a one-time link over on the terminal; for one who is there and still waits for a
/// password, only a new link.
struct AddStaff: Errand {
    static let name = "add-staff"
    var given: String
    var family: String
    var username: String
    var address: String?
    var isAdministrator: Bool

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        let now = installation.clock.now()
        let link = NewLink.forStaff(origin: .terminal, key: installation.keyring.current, at: now)
        let mint = IDMint(at: now)
        let entry = ID<AuditEntry>.new(at: now)
        let staff = StaffByHand(
            givenName: given, familyName: family, username: username, address: address, isAdministrator: isAdministrator
        )
        do {
            try await installation.database.write { connection in
                let person =
                    try connection.pendingStaff(like: staff)
                    ?? connection.addStaff(staff, by: nil, mint: mint, at: now)
                try connection.makeStaffLink(link, for: person, by: nil, entry: entry)
            }
        } catch let refused as AccountRefused { throw Refusal(refused.inWords) }
        let token = try link.token(installation.keyring)
        report(.line("\(username) can choose a password at this address. It works once, for an hour:"))
        report(
            ErrandReport(
                secret: "\(installation.settings.publicURL)/activate/\(token.value)", values: ["username": username]))
    }
}

extension AccountRefused {
    /// With what to do.
    var inWords: String {
        switch self {
        case .usernameTaken(let name): "The username \(name) is taken. Choose another one with --username."
        case .usernameIsAddress(let name): "\(name) is the address of another account. Choose another --username."
        case .usernameInvalid(let name):
            "\(name) cannot be a username: 1 to 128 characters without a blank. Choose another one with --username."
        case .addressInvalid(let address): "\(address) is no email address. Write it as name@school.example."
        case .nameMissing: "Give the person a name with --given and --family."
        }
    }
}
