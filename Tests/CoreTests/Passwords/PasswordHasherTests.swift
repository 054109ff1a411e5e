import Testing

@testable import Core

@Suite struct ThePasswordHasher {
    private let hasher = PasswordHasher()

    /// The least that libsodium does, for tests of everything but the hash.
    private func quick(width: Int) -> PasswordHasher {
        PasswordHasher(
            argon: Argon2id(passes: 1, memory: 8192),
            queue: HashingQueue(width: width, patience: .seconds(30), now: { ContinuousClock.now }))
    }

    @Test func `makes Argon2id hashes of 19 MiB, two passes and one lane, each with a salt of its own`() async throws {
        let hashes = [
            try await hasher.hash(Redacted("correct horse")), try await hasher.hash(Redacted("correct horse")),
        ]
        for hash in hashes { #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$")) }
        #expect(hashes[0] != hashes[1])
        #expect(try await hasher.verify(Redacted("correct horse"), against: hashes[0]))
        #expect(try await !hasher.verify(Redacted("correct horsf"), against: hashes[0]))
        #expect(try await !hasher.verify(Redacted("Correct horse"), against: hashes[1]))
        #expect(!hasher.needsRehash(hashes[0]))
    }

    @Test func `takes a letter for the same however it was put together`() async throws {
        let hash = try await hasher.hash(Redacted("cafe\u{301} con leche"))
        #expect(try await hasher.verify(Redacted("caf\u{E9} con leche"), against: hash))
        #expect(try await !hasher.verify(Redacted("cafe con leche"), against: hash))
    }

    @Test(arguments: [
        String(repeating: "\u{1F600}", count: 64), String(repeating: "\u{1F600}", count: 256), "with\u{0}nought",
    ])
    func `keeps every code point`(password: String) async throws {
        let hasher = quick(width: 1)
        let hash = try await hasher.hash(Redacted(password))
        #expect(try await hasher.verify(Redacted(password), against: hash))
        #expect(try await !hasher.verify(Redacted(String(password.dropLast())), against: hash))
    }

    @Test func `says no without a hash, to a broken one and to what no rule allows, after the same work`() async throws
    {
        let argon = Argon2id(passes: 2, memory: 19_922_944)
        #expect(argon.needsRehash(argon.dummy) == false)
        #expect(try !argon.verify("", against: argon.dummy))
        #expect(try await !hasher.verify(Redacted(""), against: nil))
        #expect(try await !hasher.verify(Redacted("correct horse"), against: nil))
        for broken in ["", "$", "plain", "$argon2id$v=19$m=19456,t=2,p=1$", String(repeating: "$", count: 1000)] {
            #expect(argon.needsRehash(broken) == nil)
            #expect(try await !hasher.verify(Redacted("correct horse"), against: broken))
        }
        let quick = quick(width: 1)
        let long = String(repeating: "a", count: 257)
        let hash = try await quick.hash(Redacted(long))
        #expect(try await !quick.verify(Redacted(long), against: hash))
    }

    @Test func `knows a hash of other parameters, still takes it, and asks for a new one`() async throws {
        let old = try await quick(width: 1).hash(Redacted("correct horse"))
        #expect(try await hasher.verify(Redacted("correct horse"), against: old))
        #expect(hasher.needsRehash(old))
        #expect(hasher.needsRehash("plain"))
    }

    @Test func `answers 200 people at once, each right`() async throws {
        let hasher = quick(width: 2)
        let hash = try await hasher.hash(Redacted("password 7"))
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { try await hasher.verify(Redacted("password \(number % 10)"), against: hash) }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(right == 20)
    }
}
