package import Core
package import Storage

/// Takes in what came to a return address: by a pipe, a Maildir or LMTP, all through here.
package struct BounceIntake: Sendable {
    /// Larger ones are not looked at.
    package static let limit = 262_144

    private let database: any Database
    private let keyring: Keyring
    private let clock: Clock

    package init(database: any Database, keyring: Keyring, clock: Clock) {
        self.database = database
        self.keyring = keyring
        self.clock = clock
    }

    /// Where a message came, as far as it is known.
    package struct Envelope: Sendable {
        /// The address to which it came; nil to look for it at its head.
        package let recipient: String?
        /// Whether it came from nobody, as reports do.
        package let isFromNobody: Bool?
        package init(recipient: String? = nil, isFromNobody: Bool? = nil) {
            self.recipient = recipient
            self.isFromNobody = isFromNobody
        }
    }

    /// Notes what a message reports. Throws only what the database throws: then nothing is noted, and it must be asked again.
    package func take(_ message: [UInt8], _ envelope: Envelope = Envelope()) async throws -> BounceFate {
        guard message.count <= Self.limit else { return .tooLarge }
        let reader = BounceReader(message)
        let tokens = envelope.recipient.map { ReturnToken.all(in: $0) } ?? reader.tokens
        guard !tokens.isEmpty else { return .noted(.foreign) }
        guard let report = reader.report(isFromNobody: envelope.isFromNobody) else { return .noReport }
        let (keyring, now) = (keyring, clock.now())
        let outcome = try await database.write { connection in
            for token in tokens {
                let outcome = try connection.take(report, for: token, keyring: keyring, at: now)
                if outcome != .foreign { return outcome }
            }
            return .foreign
        }
        return .noted(outcome)
    }
}

/// What became of a message that came to a return address.
package enum BounceFate: Sendable, Equatable, CustomStringConvertible {
    case noted(ReportOutcome)
    /// An automatic answer, or something else that reports nothing.
    case noReport
    case tooLarge

    /// A word for a script and for the log.
    package var description: String {
        switch self {
        case .noted(let outcome): outcome.rawValue
        case .noReport: "no-report"
        case .tooLarge: "too-large"
        }
    }
}
