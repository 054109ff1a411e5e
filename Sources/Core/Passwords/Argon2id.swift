import CSodium
import Foundation

/// Argon2id as libsodium does it, one lane, in the text form of the PHC string format with a 16-byte salt.
struct Argon2id: Sendable {
    /// Passes over the memory.
    let passes: Int
    /// Bytes of memory for one hash.
    let memory: Int

    /// What this machine could not give, most likely memory. A wrong password never throws.
    struct Failure: Error {}

    private static let isReady = sodium_init() >= 0

    func hash(_ password: String) throws -> String {
        guard Self.isReady else { throw Failure() }
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let result = crypto_pwhash_str_alg(
            &text, password, UInt64(password.utf8.count), UInt64(passes), memory, crypto_pwhash_ALG_ARGON2ID13)
        guard result == 0 else { throw Failure() }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func verify(_ password: String, against hash: String) throws -> Bool {
        guard Self.isReady else { throw Failure() }
        errno = 0
        let result = crypto_pwhash_str_verify(hash, password, UInt64(password.utf8.count))
        if result == 0 { return true }
        // libsodium answers -1 for both; EINVAL tells another password from a hash that could not be computed.
        guard errno == EINVAL else { throw Failure() }
        return false
    }

    /// True when a stored hash is of other parameters; nil when it is no Argon2id hash at all.
    func needsRehash(_ hash: String) -> Bool? {
        switch crypto_pwhash_str_needs_rehash(hash, UInt64(passes), memory) {
        case 0: false
        case 1: true
        default: nil
        }
    }

    /// A hash that costs as much as any other to compare with, and that nobody knows a password for.
    var dummy: String {
        "$argon2id$v=19$m=\(memory / 1024),t=\(passes),p=1$\(String(repeating: "A", count: 22))"
            + "$\(String(repeating: "A", count: 43))"
    }
}
