/// What the QR code of a login card carries: 64 characters for card sheet, credential and the MAC that proves we made it.
package struct CardToken: Sendable {
    package let sheet: ID<CardSheet>
    package let credential: ID<Credential>
    private let mac: [UInt8]

    /// The token of a card, with the credential's key. Throws when the keyring lacks it.
    package init(
        sheet: ID<CardSheet>, credential: ID<Credential>, keyID: KeyID, keyring: Keyring
    ) throws(KeyringProblem) {
        self.sheet = sheet
        self.credential = credential
        mac = TokenText.mac(.card, over: sheet.bytes + credential.bytes, key: try keyring.subkey(.card, of: keyID))
    }

    private init(bytes: [UInt8]) {
        sheet = ID(bytes: Array(bytes[0..<16]))
        credential = ID(bytes: Array(bytes[16..<32]))
        mac = Array(bytes[32...])
    }

    /// Reads a token; nil for everything that we never write. The ids are proven only by `verify`.
    package static func parse(_ text: String) -> CardToken? {
        TokenText.decode(text, count: 32 + TokenText.macLength).map(Self.init(bytes:))
    }

    package var text: Redacted<String> { Redacted(TokenText.encode(sheet.bytes + credential.bytes + mac)) }

    /// Whether this token was made for this sheet and credential, with the key that the credential names. Constant time.
    package func verify(keyID: KeyID, keyring: Keyring) throws(KeyringProblem) -> Bool {
        TokenText.isSame(mac, try CardToken(sheet: sheet, credential: credential, keyID: keyID, keyring: keyring).mac)
    }
}
