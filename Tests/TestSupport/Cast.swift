package import Core
import Storage

/// Somebody of the cast.
package struct Member: Sendable, Equatable {
    package let id: ID<Account>
    package let kind: AccountKind
    package let given: String
    package let family: String
    package let address: String?
    /// Active members have the cast's password.
    package let isActive: Bool
    package var username: String { "\(given).\(family)".lowercased() }
}

/// Who is who, with ids that never change.
package enum Cast {
    /// The own password of everybody who is active.
    package static let password = "kettle saturn velvet 91"

    package static let alder: ID<School> = id(1)
    package static let birch: ID<School> = id(2)
    package static let class4B: ID<Tracker> = id(11)
    package static let class5A: ID<Tracker> = id(12)

    package static let ada = Member(
        id: id(21), kind: .staff, given: "Ada", family: "Moss", address: "ada@alder.example", isActive: true)
    package static let gray = Member(
        id: id(22), kind: .staff, given: "Gwen", family: "Gray", address: "gray@alder.example", isActive: true)
    package static let dov = Member(
        id: id(23), kind: .staff, given: "Dov", family: "Lund", address: "dov@birch.example", isActive: true)
    package static let ruth = Member(
        id: id(24), kind: .staff, given: "Ruth", family: "Okoye", address: "ruth@district.example", isActive: true)
    /// A teacher who has not chosen a password yet.
    package static let ian = Member(
        id: id(25), kind: .staff, given: "Ian", family: "Brook", address: "ian@alder.example", isActive: false)

    package static let ben = Member(
        id: id(31), kind: .student, given: "Ben", family: "Ames", address: "ben@home.example", isActive: false)
    package static let cleo = Member(
        id: id(32), kind: .student, given: "Cleo", family: "Bell", address: "cleo@home.example", isActive: true)
    package static let dina = Member(
        id: id(33), kind: .student, given: "Dina", family: "Cole", address: nil, isActive: false)
    package static let eve = Member(
        id: id(34), kind: .student, given: "Eve", family: "Dunn", address: "dunn@home.example", isActive: false)
    package static let finn = Member(
        id: id(35), kind: .student, given: "Finn", family: "Dunn", address: "dunn@home.example", isActive: false)
    package static let hal = Member(
        id: id(36), kind: .student, given: "Hal", family: "Frost", address: "hal@home.example", isActive: false)

    package static let everybody = [ada, gray, dov, ruth, ian, ben, cleo, dina, eve, finn, hal]

    /// The same id for the same number.
    package static func id<Owner>(_ number: UInt8) -> ID<Owner> {
        ID(bytes: [1, 0x92, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
    }

    package static let hasher = PasswordHasher()
    private static let hashing = Task { try await hasher.hash(Redacted(password)) }
    /// The hash of everybody's password, made once.
    package static func hash() async throws -> String { try await hashing.value }
}

extension Connection {
    func enterCast(hash: String) throws {
        try execute("UPDATE district SET name = 'Juniper Valley'")
        for (id, name) in [(Cast.alder, "Alder Creek Elementary"), (Cast.birch, "Birch Hill Middle")] {
            try execute("INSERT INTO school (id, name) VALUES (\(id), \(name))")
        }
        for (id, school, name) in [
            (Cast.class4B, Cast.alder, "Homeroom 4B"), (Cast.class5A, Cast.birch, "Homeroom 5A"),
        ] {
            try execute("INSERT INTO tracker (id, school_id, name) VALUES (\(id), \(school), \(name))")
        }
        for member in Cast.everybody { try enter(member, hash: hash) }
        try execute("INSERT INTO administrator (account_id, scope) VALUES (\(Cast.ruth.id), 'district')")
        for member in [Cast.ada, Cast.gray] {
            try enroll(member, in: Cast.class4B, as: "teacher", isPrimary: member == Cast.ada)
        }
        try enroll(Cast.dov, in: Cast.class5A, as: "teacher", isPrimary: true)
        for member in [Cast.ben, Cast.cleo, Cast.dina, Cast.eve, Cast.finn] {
            try enroll(member, in: Cast.class4B, as: "student")
        }
        try enroll(Cast.hal, in: Cast.class5A, as: "student")
    }

    private func enter(_ member: Member, hash: String) throws {
        let isAtBirch = member == Cast.dov || member == Cast.hal
        let school = isAtBirch ? Cast.birch : Cast.alder
        let key = member.address.flatMap(Address.key)
        try execute(
            """
            INSERT INTO account (id, kind, origin, school_id, username, given_name, family_name, sort_name, given_sort,
              address, address_key, password_hash, active_at)
            VALUES (\(member.id), \(member.kind.rawValue), 'roster', \(school), \(member.username), \(member.given),
              \(member.family), \(SortName.key(family: member.family, given: member.given)),
              \(SortName.key(family: "", given: member.given)), \(member.address), \(key),
              \(member.isActive ? hash : nil), \(member.isActive ? Schoolhouse.tuesday - .days(1) : nil))
            """)
        try execute(
            "INSERT INTO username (name_key, account_id) VALUES (\(Username.key(member.username)), \(member.id))")
        try execute("INSERT INTO membership (account_id, school_id) VALUES (\(member.id), \(school))")
    }

    private func enroll(_ member: Member, in tracker: ID<Tracker>, as role: String, isPrimary: Bool = false) throws {
        try execute(
            """
            INSERT INTO enrollment (tracker_id, account_id, role, is_primary)
            VALUES (\(tracker), \(member.id), \(role), \(isPrimary))
            """)
    }
}
