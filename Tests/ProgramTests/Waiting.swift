import Foundation

/// Looks again and again until something is so. Throws at the deadline, which only a broken program reaches.
func eventually(
    _ what: String, within limit: Duration = .seconds(60), _ isSo: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw Trouble("waited in vain until \(what)") }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { continuation.resume() }
        }
    }
}
