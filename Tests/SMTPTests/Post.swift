import Foundation
import Mail

@testable import SMTP

/// What the tests ask of a server in Python, and what it says.
enum Post {
    struct MailServer: Encodable {
        var folder = ""
        var tls = "starttls"
        var auth: [String] = []
        var user = "firstbell@mail.test"
        var password = "pässword with blanks"
        var name = "localhost"
        var expired = false
        var smtputf8 = false
        var size = 0
    }
    struct Open: Decodable {
        let port: Int
        let ca: String?
    }
    struct Mail: Decodable {
        let sender: String
        let recipients: [String]
        let options: [String]
        let content: Data
        let peer: Int
        let encrypted: Bool
        let authenticated: Bool
        let hello: String
    }
    static let sender = address("firstbell@district.example")
    static let student = address("cleo@students.example")
    static let message = Array("Subject: Hello\r\n\r\nHello Cleo,\r\n.a dot\r\n".utf8)

    static func parcel(to recipient: MailAddress = student, _ message: [UInt8] = message) -> Parcel {
        Parcel(sender: sender, recipient: recipient, message: message, name: "1")
    }

    static func address(_ text: String) -> MailAddress {
        guard let address = MailAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }

    /// Short patience, so that a server that says nothing is given up soon.
    static var impatient: SMTPTimeouts {
        var timeouts = SMTPTimeouts()
        (timeouts.reply, timeouts.afterDot, timeouts.quit) = (
            .seconds(1), .seconds(1), .milliseconds(100)
        )
        return timeouts
    }

    static func plain(_ port: Int, user: String? = nil, timeouts: SMTPTimeouts = SMTPTimeouts()) throws -> SMTPTransport
    {
        try SMTPTransport(
            url: "smtp://\(user.map { "\($0)@" } ?? "")127.0.0.1:\(port)?tls=none",
            password: user.map { _ in "secret" },
            helloName: "bell.district.example", timeouts: timeouts)
    }
}

extension MailTransport {
    /// Opens, delivers one mail and says goodbye; what hinders the opening comes back as the mail's result.
    func send(_ parcel: Parcel, beforeBody: @Sendable () async throws -> Void = {}) async throws -> DeliveryResult {
        let session: any MailSession
        do { session = try await open() } catch { return error.isPermanent ? .failed(error) : .deferred(error) }
        let result = try await session.deliver(parcel, beforeBody: beforeBody)
        await session.quit()
        return result
    }
}
