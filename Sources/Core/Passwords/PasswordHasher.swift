import Foundation

/// Hashes own passwords with Argon2id: 19 MiB, two passes, one lane (OWASP's minimum), about 23 ms of one core.
///
/// As many hashes run at once as the machine has cores, so memory is bounded by 19 MiB a core; the others wait in line.
package final class PasswordHasher: Sendable {
    /// More people are signing in than this machine can hash for within 30 seconds; pressing again later helps.
    package struct Busy: Error, Equatable {}

    private let argon: Argon2id
    private let queue: HashingQueue

    /// A hasher for the server: as wide as the machine, patient for 30 seconds.
    package convenience init() {
        self.init(
            argon: Argon2id(passes: 2, memory: 19_922_944),
            queue: HashingQueue(
                width: ProcessInfo.processInfo.activeProcessorCount, patience: .seconds(30),
                now: { ContinuousClock.now }))
    }

    init(argon: Argon2id, queue: HashingQueue) {
        self.argon = argon
        self.queue = queue
    }

    /// The hash of a password, with a salt of its own, as a PHC string. Throws `Busy`, or `CancellationError`.
    package func hash(_ password: Redacted<String>) async throws -> String {
        let text = Self.normal(password)
        return try await queue.run { [argon] in try argon.hash(text) }
    }

    /// Whether a password is the one behind a hash; false without a hash. Throws `Busy`, or `CancellationError`.
    ///
    /// Exactly one Argon2id runs, with or without a hash, so that the time taken tells nothing about an account.
    package func verify(_ password: Redacted<String>, against hash: String?) async throws -> Bool {
        let text = Self.normal(password)
        // No stored hash is of a longer password; hashing what a stranger sends without end would be work for nothing.
        let isUsable = text.unicodeScalars.count <= PasswordRules.longest
        let known = hash.flatMap { isUsable && argon.needsRehash($0) != nil ? $0 : nil }
        let matches = try await queue.run { [argon] in
            try argon.verify(isUsable ? text : "", against: known ?? argon.dummy)
        }
        return known != nil && matches
    }

    /// Whether a hash was made with other parameters than today's and should be made anew at the next sign-in.
    package func needsRehash(_ hash: String) -> Bool { argon.needsRehash(hash) ?? true }

    /// NFC (Unicode Annex 15), so that a letter typed on another keyboard is the same letter. Nothing else is changed.
    private static func normal(_ password: Redacted<String>) -> String {
        password.value.precomposedStringWithCanonicalMapping
    }
}
