package import Core

/// What a pull takes from the world around it, so that tests can be that world.
package struct Surroundings: Sendable {
    let clock: Clock
    let sleep: @Sendable (Duration) async throws -> Void
    /// From 0 up to, but not including, 1.
    let random: @Sendable () -> Double
    /// Never the same twice; letters and digits.
    let nonce: @Sendable () -> String

    package init(
        clock: Clock, sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double, nonce: @escaping @Sendable () -> String
    ) {
        self.clock = clock
        self.sleep = sleep
        self.random = random
        self.nonce = nonce
    }

    package static let system = Surroundings(
        clock: .system, sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) },
        nonce: {
            String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
        })
}
