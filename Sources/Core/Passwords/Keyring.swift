package import Crypto

/// The keys from which every secret is derived; the newest makes new rows, the older ones still serve theirs.
package struct Keyring: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What a subkey is for. One use's subkey tells nothing about another's.
    package enum Purpose: String, Sendable, CaseIterable {
        case temporaryPassword = "temporary-password"
        case link
        /// The short code beside a mailed link.
        case linkCode = "link-code"
        case card
        case bounce
        case sealing
        /// The answer to a notice: "This was not me".
        case notice
    }

    /// Bytes in a key.
    static let keyLength = 32

    /// The newest key, with which new rows are made.
    package private(set) var current: KeyID
    private var subkeys: [KeyID: [Purpose: SymmetricKey]] = [:]
    private let folder: String?

    /// A keyring in memory, for tests: keys `k1` to `kn` from bytes of at least 32 each.
    package init(keys: [[UInt8]]) throws(KeyringProblem) {
        let numbered = zip(1..., keys).map { (KeyID(number: $0), $1) }
        try self.init(keys: Dictionary(uniqueKeysWithValues: numbered), folder: nil)
    }

    init(keys: [KeyID: [UInt8]], folder: String?) throws(KeyringProblem) {
        guard let newest = keys.keys.max() else { throw .empty(folder ?? "memory") }
        current = newest
        self.folder = folder
        for (id, bytes) in keys { add(id, bytes) }
    }

    /// The ids of all keys, oldest first.
    package var ids: [KeyID] { subkeys.keys.sorted() }

    /// The key for one use: HKDF-SHA256 (RFC 5869) of a key with info `firstbell/<purpose>/<version>`.
    package func subkey(_ purpose: Purpose, of id: KeyID) throws(KeyringProblem) -> SymmetricKey {
        guard let key = subkeys[id]?[purpose] else { throw .missing(id) }
        return key
    }

    /// Makes a key newer than all others, in the folder too if the keyring has one, and makes it `current`.
    @discardableResult package mutating func addKey() throws(KeyringProblem) -> KeyID {
        let id = KeyID(number: current.number + 1)
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        if let folder { try KeyFolder(path: folder).write(bytes, as: id) }
        add(id, bytes)
        current = id
        return id
    }

    private mutating func add(_ id: KeyID, _ bytes: [UInt8]) {
        let key = SymmetricKey(data: bytes)
        for purpose in Purpose.allCases {
            subkeys[id, default: [:]][purpose] = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Array("firstbell/\(purpose.rawValue)/1".utf8),
                outputByteCount: Self.keyLength)
        }
    }

    package var description: String { "Keyring(\(ids.map(\.description).joined(separator: ", ")))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Keyring {
    /// Reads a folder of key files `k1.key`, `k2.key`, …; refuses what others can read, broken files and an empty folder.
    package static func open(folder: String) throws(KeyringProblem) -> Keyring {
        try Keyring(keys: KeyFolder(path: folder).read(), folder: folder)
    }

    /// Makes the folder with a first key. Refuses a folder that holds a key already: keys are never written over.
    package static func create(folder: String) throws(KeyringProblem) -> Keyring {
        let keyFolder = KeyFolder(path: folder)
        try keyFolder.create()
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        try keyFolder.write(bytes, as: KeyID(number: 1))
        return try open(folder: folder)
    }
}
