internal import Crypto
internal import Foundation

/// Bytes that only somebody with the keyring reads, bound to the place where they stand (ChaCha20-Poly1305, RFC 8439).
struct Sealed: Sendable {
    let key: KeyID
    /// Base64 of nonce, ciphertext and tag.
    let text: String

    init(key: KeyID, text: String) {
        self.key = key
        self.text = text
    }

    /// Seals with the newest key. `place` says where it will stand: nowhere else it can be opened.
    init(_ bytes: [UInt8], at place: String, keyring: Keyring) throws {
        key = keyring.current
        text = try ChaChaPoly.seal(
            bytes, using: keyring.subkey(.sealing, of: key), authenticating: Data(place.utf8)
        ).combined.base64EncodedString()
    }

    /// Throws `KeyringProblem` where the key is gone, and another error for bytes that were altered or stood elsewhere.
    func open(at place: String, keyring: Keyring) throws -> [UInt8] {
        let box = try ChaChaPoly.SealedBox(combined: Data(base64Encoded: text) ?? Data())
        return Array(
            try ChaChaPoly.open(box, using: keyring.subkey(.sealing, of: key), authenticating: Data(place.utf8)))
    }
}
