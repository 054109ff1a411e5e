/// Why a keyring cannot be used, in a sentence that says what to do.
package enum KeyringProblem: Error, Equatable, CustomStringConvertible {
    case noFolder(String)
    case open(String, mode: UInt16)
    case empty(String)
    case size(String, bytes: Int)
    case notAKey(String)
    case exists(String)
    case missing(KeyID)
    case system(String, reason: String)

    package var description: String {
        switch self {
        case .noFolder(let path):
            "There is no keyring at \(path). Set FIRSTBELL_KEYRING to its folder, or make a new one."
        case .open(let path, let mode):
            """
            \(path) has the mode \(String(mode, radix: 8)), so others can reach the keys. \
            Run: chmod \(path.hasSuffix(".key") ? "600" : "700") \(path)
            """
        case .empty(let path):
            "The keyring at \(path) holds no key. Put the key files back from where you keep them, or make a new one."
        case .size(let path, let bytes):
            "\(path) has \(bytes) bytes where a key has \(Keyring.keyLength). Put it back from where you keep your keys."
        case .notAKey(let path):
            "\(path) is not a file named like a key (k1.key, k2.key, …). Move it out of the keyring."
        case .exists(let path):
            "\(path) holds keys already; they are never written over."
        case .missing(let id):
            "The key \(id) is not in the keyring. Put \(id).key back from where you keep your keys."
        case .system(let path, let reason):
            "\(path) cannot be used: \(reason)."
        }
    }
}
