/// How long we wait (RFC 5321 section 4.5.3.2).
package struct SMTPTimeouts: Sendable {
    /// Until the connection stands.
    package var connect: Duration = .seconds(30)
    /// For each answer, the greeting and TLS included.
    package var reply: Duration = .seconds(300)
    /// From the first byte of the body to the answer after its final dot: to give up early makes duplicates.
    package var afterDot: Duration = .seconds(600)
    /// For the answer to a goodbye.
    package var quit: Duration = .seconds(5)
    package init() {}
}
