import Core
import Foundation
import Testing

@Suite struct TheKeyring {
    /// A fresh path under the system's folder for such things; the body's end removes it.
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "keyring-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func bytes(_ key: some ContiguousBytes) -> [UInt8] { key.withUnsafeBytes { Array($0) } }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a new keyring is a private folder with one private key, and opens again the same`() throws {
        try inFolder { folder in
            let made = try Keyring.create(folder: folder)
            #expect(try mode(folder) == 0o700)
            #expect(try mode(folder + "/k1.key") == 0o600)
            let opened = try Keyring.open(folder: folder)
            #expect(opened.ids.map(\.description) == ["k1"])
            let id = made.current
            #expect(bytes(try opened.subkey(.link, of: id)) == bytes(try made.subkey(.link, of: id)))
        }
    }

    @Test func `an added key becomes the current one and the older ones stay`() throws {
        try inFolder { folder in
            var keyring = try Keyring.create(folder: folder)
            let old = bytes(try keyring.subkey(.card, of: keyring.current))
            for _ in 2...11 { try keyring.addKey() }
            let opened = try Keyring.open(folder: folder)
            #expect(opened.current.description == "k11")
            #expect(opened.ids == keyring.ids)
            let first = try #require(KeyID("k1"))
            #expect(bytes(try opened.subkey(.card, of: first)) == old)
            #expect(try mode(folder + "/k11.key") == 0o600)
        }
    }

    @Test func `keys are never written over`() throws {
        try inFolder { folder in
            _ = try Keyring.create(folder: folder)
            #expect(throws: KeyringProblem.exists(folder)) { try Keyring.create(folder: folder) }
            var one = try Keyring.open(folder: folder)
            var other = one
            try one.addKey()
            #expect(throws: KeyringProblem.exists(folder + "/k2.key")) { try other.addKey() }
        }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602]) func `a key that others can reach is refused`(mode: Int) throws {
        try inFolder { folder in
            _ = try Keyring.create(folder: folder)
            let file = folder + "/k1.key"
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            let problem = #expect(throws: KeyringProblem.self) { try Keyring.open(folder: folder) }
            #expect(problem == .open(file, mode: UInt16(mode)))
            #expect(problem?.description.hasSuffix("Run: chmod 600 \(file)") == true)
        }
    }

    @Test func `a folder that others can enter is refused`() throws {
        try inFolder { folder in
            _ = try Keyring.create(folder: folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder)
            #expect(throws: KeyringProblem.open(folder, mode: 0o750)) { try Keyring.open(folder: folder) }
        }
    }

    @Test func `a missing folder, an empty one, a short key and a stray file are each named`() throws {
        try inFolder { folder in
            #expect(throws: KeyringProblem.noFolder(folder)) { try Keyring.open(folder: folder) }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            #expect(throws: KeyringProblem.empty(folder)) { try Keyring.open(folder: folder) }
            for (name, problem) in [
                ("k1.key", KeyringProblem.size(folder + "/k1.key", bytes: 31)),
                ("k01.key", .notAKey(folder + "/k01.key")), ("notes.txt", .notAKey(folder + "/notes.txt")),
            ] {
                let file = folder + "/" + name
                let made = FileManager.default.createFile(
                    atPath: file, contents: Data(count: 31), attributes: [.posixPermissions: 0o600])
                #expect(made)
                #expect(throws: problem) { try Keyring.open(folder: folder) }
                try FileManager.default.removeItem(atPath: file)
            }
        }
    }

    @Test func `each key and each purpose gives another subkey, and always the same`() throws {
        let keys = [[UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32)]
        let keyring = try Keyring(keys: keys)
        var seen: Set<[UInt8]> = []
        for id in keyring.ids {
            for purpose in Keyring.Purpose.allCases {
                seen.insert(bytes(try keyring.subkey(purpose, of: id)))
            }
        }
        #expect(seen.count == 2 * Keyring.Purpose.allCases.count)
        // Computed apart from this code, from RFC 5869 with an empty salt.
        let expected = "1b309102e658102305a4af28746a14a024a6d1886ec36c1c711245f35b77fb88"
        let subkey = bytes(try keyring.subkey(.temporaryPassword, of: keyring.current))
        #expect(subkey.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
    }

    @Test func `a key that is not there is asked for by name`() throws {
        let keyring = try Keyring(keys: [[UInt8](repeating: 1, count: 32)])
        let absent = try #require(KeyID("k7"))
        #expect(throws: KeyringProblem.missing(absent)) { try keyring.subkey(.link, of: absent) }
    }

    @Test func `prints no byte of a key`() throws {
        let keyring = try Keyring(keys: [[UInt8](repeating: 0xAB, count: 32)])
        var dumped = ""
        dump(keyring, to: &dumped)
        for text in ["\(keyring)", String(reflecting: keyring), dumped] {
            #expect(text.contains("Keyring(k1)"))
            #expect(!text.lowercased().contains("ab"))
            #expect(!text.contains("171"))
        }
    }

    @Test(arguments: ["k0", "k-1", "k+1", "k01", "1", "k", "K1", "k1 ", "k10000000", ""])
    func `only the plain form is a key id`(text: String) {
        #expect(KeyID(text) == nil)
    }
}
