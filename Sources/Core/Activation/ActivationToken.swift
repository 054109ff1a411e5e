/// The row behind an address that leads to "choose your password". Owner of ids, which are 128 random bits.
package enum ActivationLink {
    /// Whose password it lets somebody choose.
    package enum Purpose: String, Sendable {
        /// Of an account that waits for its first one, or for one after a reset.
        case activation
        /// Of an active account whose password was forgotten; the old one works until a new one is chosen.
        case renewal
    }
}

extension ID where Owner == ActivationLink {
    /// A new link's id, 128 bits from the system's random numbers.
    package static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(bytes: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}

/// The last part of an activation link's address.
package typealias ActivationToken = IDToken<ActivationLink>
