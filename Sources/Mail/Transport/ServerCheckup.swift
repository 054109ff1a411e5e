/// How far a mail server lets us in, step by step. No mail leaves.
package struct ServerCheckup: Sendable, Equatable {
    package enum Step: String, Sendable, CaseIterable {
        /// Somebody answers at the address, and it is a mail server.
        case connection, greeting
        /// Encrypted, by who the certificate says.
        case encryption
        case signIn
        /// It takes mail from our sender.
        case sender
    }
    /// The steps that went well, in their order. What the settings do not ask for is left out.
    package let passed: [Step]
    /// Where it ended, and why; nil when all went well.
    package let ended: End?
    /// The kind of encryption, as "TLSv1.3"; nil without.
    package let encryption: String?
    /// What the server says it can do, as "PIPELINING".
    package let offers: [String]

    package struct End: Sendable, Equatable {
        package let step: Step
        package let reply: ServerReply
        package init(step: Step, reply: ServerReply) {
            self.step = step
            self.reply = reply
        }
    }

    package init(passed: [Step], ended: End? = nil, encryption: String? = nil, offers: [String] = []) {
        self.passed = passed
        self.ended = ended
        self.encryption = encryption
        self.offers = offers
    }
}
