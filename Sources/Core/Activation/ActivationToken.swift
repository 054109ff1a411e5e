/// The row behind an address that leads to "choose your password". Owner of ids, which are 128 random bits.
package enum ActivationLink {}

extension ID where Owner == ActivationLink {
    /// A new link's id, 128 bits from the system's random numbers.
    package static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(bytes: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}

/// The last part of an activation link's address: 43 characters for the id and the MAC that proves we made it.
package struct ActivationToken: Sendable {
    package let id: ID<ActivationLink>
    private let mac: [UInt8]

    /// The token of a link's row. Throws when the keyring lacks its key.
    package init(id: ID<ActivationLink>, keyID: KeyID, keyring: Keyring) throws(KeyringProblem) {
        self.id = id
        mac = TokenText.mac(.link, over: id.bytes, key: try keyring.subkey(.link, of: keyID))
    }

    private init(bytes: [UInt8]) {
        id = ID(bytes: Array(bytes.prefix(16)))
        mac = Array(bytes.dropFirst(16))
    }

    /// Reads a token; nil for everything that we never write. The id is proven only by `verify`.
    package static func parse(_ text: String) -> ActivationToken? {
        TokenText.decode(text, count: 16 + TokenText.macLength).map(Self.init(bytes:))
    }

    package var text: Redacted<String> { Redacted(TokenText.encode(id.bytes + mac)) }

    /// Whether this token was made for its row, with the key that the row names. Constant time.
    package func verify(keyID: KeyID, keyring: Keyring) throws(KeyringProblem) -> Bool {
        TokenText.isSame(mac, try ActivationToken(id: id, keyID: keyID, keyring: keyring).mac)
    }
}
