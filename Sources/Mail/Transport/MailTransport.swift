/// A way for mail to leave the house.
package protocol MailTransport: Sendable {
    /// Opens a session that is ready for mail. Throws `DeliveryFault` with server scope when there is none to be had.
    func open() async throws(DeliveryFault) -> any MailSession
}

/// An open line to a mail server, for one mail after the other. Used by one task at a time.
package protocol MailSession: Sendable {
    /// False when the line is broken or the server wants it closed.
    var isOpen: Bool { get async }

    /// Hands one mail over. `beforeBody` is awaited when the server has asked for the body (354) and before the body ends.
    ///
    /// Throws only what `beforeBody` throws; then the line is cut and the server has nothing.
    func deliver(
        _ mail: Parcel, beforeBody: @Sendable () async throws -> Void
    ) async throws -> DeliveryResult

    /// Says goodbye and closes the line.
    func quit() async
}

/// A finished message with the addresses that stand on its envelope.
package struct Parcel: Sendable {
    package let sender: MailAddress
    package let recipient: MailAddress
    /// Lines end with CRLF.
    package let message: [UInt8]
    /// Names the file in an outbox folder.
    package let name: String
    package init(sender: MailAddress, recipient: MailAddress, message: [UInt8], name: String) {
        self.sender = sender
        self.recipient = recipient
        self.message = message
        self.name = name
    }
}
