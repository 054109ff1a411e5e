package import Core

extension ServerAtWork {
    /// A run of the program with nothing in hand.
    package convenience init(at now: Timestamp) { self.init(.new(at: now)) }
}

extension MailClaim {
    /// A claim in a server's name.
    package init(of server: ID<RunningServer>, at now: Timestamp) { self.init(id: .new(at: now), server: server) }
}
