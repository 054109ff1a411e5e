import Core

/// Where mail comes back to: `bounces@mail.district.example` gives each mail an address of its own,
/// `bounces+<token>@mail.district.example`.
package struct ReturnAddress: Sendable, Equatable, CustomStringConvertible {
    /// A local part has 64 bytes (RFC 5321 section 4.5.3.1.1), of which a mail's own part takes 44.
    package static let longestLocal = 20

    package let base: MailAddress

    /// nil for a local part that is too long or not ASCII.
    package init?(_ base: MailAddress) {
        guard base.local.utf8.count <= Self.longestLocal, !base.needsSMTPUTF8 else { return nil }
        self.base = base
    }

    package var description: String { base.description }

    /// The address of one mail's envelope. Throws when the keyring lacks the key.
    func address(of mail: ClaimedMail, keyring: Keyring) throws -> MailAddress {
        let token = try ReturnToken(mail: mail.id, address: mail.address, keyID: keyring.current, keyring: keyring)
        guard let address = MailAddress("\(base.local)+\(token)@\(base.domain)") else { throw TooLong() }
        return address
    }

    /// The domain leaves no room.
    private struct TooLong: Error {}
}
