/// What a token may stand for: each kind has a subkey of its own, so that no token passes for another's.
package protocol TokenOwner: SendableMetatype { static var purpose: Keyring.Purpose { get } }

extension ActivationLink: TokenOwner { package static var purpose: Keyring.Purpose { .link } }

extension OutgoingMail: TokenOwner { package static var purpose: Keyring.Purpose { .notice } }

/// The last part of a mailed address: 43 characters for an id and the MAC that proves we made it.
package struct IDToken<Owner: TokenOwner>: Sendable {
    package let id: ID<Owner>
    private let mac: [UInt8]

    /// The token of a row. Throws when the keyring lacks its key.
    package init(id: ID<Owner>, keyID: KeyID, keyring: Keyring) throws(KeyringProblem) {
        self.id = id
        mac = TokenText.mac(Owner.purpose, over: id.bytes, key: try keyring.subkey(Owner.purpose, of: keyID))
    }

    private init(bytes: [UInt8]) {
        id = ID(bytes: Array(bytes.prefix(16)))
        mac = Array(bytes.dropFirst(16))
    }

    /// Reads a token; nil for everything that we never write. The id is proven only by `verify`.
    package static func parse(_ text: String) -> Self? {
        TokenText.decode(text, count: 16 + TokenText.macLength).map(Self.init(bytes:))
    }

    package var text: Redacted<String> { Redacted(TokenText.encode(id.bytes + mac)) }

    /// Whether this token was made for its row, with the key that the row names. Constant time.
    package func verify(keyID: KeyID, keyring: Keyring) throws(KeyringProblem) -> Bool {
        TokenText.isSame(mac, try Self(id: id, keyID: keyID, keyring: keyring).mac)
    }
}
