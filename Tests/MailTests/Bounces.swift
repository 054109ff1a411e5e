import Core
import Foundation
import Storage
import Testing

@testable import Mail

/// Reports as mail servers write them, and what comes of each. The files stand in `Reports`.
enum Bounces {
    /// What a file reports: `address`, `soft` and `refused` are failures of that kind, `none` is no report at all. A report
    /// with `!` comes to an address that is no mail's. The words are those that are kept, where there are any.
    static let table: [(file: String, outcome: String, reason: String?)] = [
        (
            "postfix-no-such-user", "address",
            "550 5.1.1 <cleo@school.example>: Recipient address rejected: User unknown in virtual mailbox table"
        ),
        ("postfix-mailbox-full", "soft", "552 5.2.2 <cleo@school.example>: Mailbox is full"),
        ("postfix-delayed", "delayed", nil),
        ("postfix-expired", "soft", "4.4.1 connect to mx.school.example[192.0.2.25]:25: Connection timed out"),
        ("postfix-passed-on", "arrived", nil),
        ("postfix-policy", "refused", "550 5.7.1 Message rejected as spam by Content Filtering."),
        ("postfix-plain", "address", "<cleo@school.example>: host mx.school.example[192.0.2.25] said: 550 5.1.1"),
        ("exim-plain", "address", "5.1.1 host mx.school.example [192.0.2.25]: 550 No such user here"),
        ("exim-unrouteable", "address", nil),
        (
            "exim-report", "address",
            """
            550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 Please try double-checking the address.
            """
        ),
        ("exim-delay", "delayed", nil),
        ("sendmail-report", "address", "550 5.1.1 <cleo@school.example>... User unknown"),
        ("sendmail-old", "address", "5.1.1 <<< 550 cleo: user unknown"),
        ("sendmail-warning", "delayed", nil),
        (
            "microsoft-365-not-found", "address",
            """
            550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient cleo@school.example not found by SMTP address lookup
            """
        ),
        (
            "exchange-mailbox-full", "soft",
            """
            554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; \
            Failed to process message due to a permanent exception with message
            """
        ),
        (
            "exchange-not-allowed", "refused",
            "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required"
        ),
        ("exchange-plain", "address", nil),
        ("exchange-2003", "address", "<mail.school.example #5.1.1>"),
        (
            "gmail-report", "address",
            """
            550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the \
            recipient's email address for typos or unnecessary 550 5.1.1 spaces. - gsmtp
            """
        ),
        ("gmail-plain", "soft", "550 5.2.1 The email account that you tried to reach is disabled. gsmtp"),
        ("gmail-delay", "delayed", nil),
        ("gmail-delay-plain", "delayed", nil),
        ("qmail-remote", "address", "Remote host said: 550 5.1.1 No such user"),
        ("qmail-local", "address", "Sorry, no mailbox here by that name. (#5.1.1)"),
        ("qmail-expired", "soft", "Remote host said: 451 4.3.0 Try again later"),
        ("ses", "address", "550 5.1.1 user unknown"),
        ("ses-plain", "soft", "Message expired after 14 hours: 4.4.7"),
        ("generic-html", "address", nil),
        // Forms: where the action decides, and where it is not plain.
        ("one-of-an-alias", "arrived", nil),
        ("all-of-an-alias", "soft", "552 5.2.2 Mailbox full"),
        ("delayed-in-a-hard-class", "delayed", nil),
        ("without-action", "none", nil),
        ("strange-action", "none", nil),
        ("without-words", "refused", nil),
        ("upper-case", "address", "550 5.1.1 USER UNKNOWN"),
        ("from-line", "address", "550 5.1.1 User unknown"),
        // Letters and encodings.
        ("global-report", "address", "550 5.1.1 ¿Quién? No existe ningún buzón «cléo»"),
        ("eight-bit", "soft", "552 5.2.2 Das Postfach von Zoë ist überfüllt"),
        (
            "base64-report", "address",
            "550 5.1.1 <cleo@school.example>: Recipient address rejected: User unknown in virtual mailbox table"
        ),
        (
            "quoted-printable-report", "address",
            "550 5.1.1 <cleo@school.example>: Recipient address rejected: User unknown in virtual mailbox table"
        ),
        // Wrapped, cut, and told by people.
        (
            "with-disclaimer", "address",
            "550 5.1.1 <cleo@school.example>: Recipient address rejected: User unknown in virtual mailbox table"
        ),
        ("forwarded-by-a-person", "none", nil),
        ("quoted-by-a-person", "none", nil),
        ("truncated", "address", "5.1.1"),
        ("truncated-early", "none", nil),
        // Not from us.
        ("forged", "address!", "550 5.1.1 User unknown"),
        ("of-nobody", "address!", "550 5.1.1 User unknown"),
        ("without-token", "address!", "550 5.1.1 User unknown"),
        // No reports.
        ("vacation", "none", nil),
        ("out-of-office", "none", nil),
        ("read-receipt", "none", nil),
        ("newsletter", "none", nil),
    ]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reports")

    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).map { $0.replacing(".eml", with: "") }.sorted()
    }

    /// A file as it comes to a mail's return address, or to one that somebody has forged.
    static func message(_ file: String, to token: ReturnToken? = nil) throws -> [UInt8] {
        let bytes = try Data(contentsOf: folder.appending(path: "\(file).eml"))
        guard let token else { return Array(bytes) }
        let text = file == "upper-case" ? token.description.uppercased() : token.description
        return replacing("RETURN-TOKEN", by: text, in: replacing("FORGED-TOKEN", by: forged(token), in: Array(bytes)))
    }

    /// The right mail with another MAC.
    static func forged(_ token: ReturnToken) -> String {
        let text = token.description
        return String(text.dropLast()) + (text.hasSuffix("a") ? "b" : "a")
    }

    private static func replacing(_ word: String, by other: String, in bytes: [UInt8]) -> [UInt8] {
        var (rest, result): (ArraySlice<UInt8>, [UInt8]) = (bytes[...], [])
        while let found = rest.firstRange(of: Array(word.utf8)) {
            result += rest[..<found.lowerBound] + Array(other.utf8)
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}

extension Outbox {
    static let returns = "bounces@mail.district.example"

    var intake: BounceIntake { BounceIntake(database: database, keyring: keyring, clock: clock.clock) }

    /// What stands in the return address of a mail that went to that address.
    func token(_ number: UInt8, address: String = "cleo@school.example") throws -> ReturnToken {
        try ReturnToken(mail: Self.id(number), address: address, keyID: keyring.current, keyring: keyring)
    }

    /// Takes in a file of `Reports` about that mail.
    @discardableResult
    func take(_ file: String, about number: UInt8, address: String = "cleo@school.example") async throws -> BounceFate {
        try await intake.take(try Bounces.message(file, to: token(number, address: address)))
    }
}

@Suite struct AComplaint {
    @Test(arguments: [
        "550-Verification failed for <bounces+x@mail.test> 550-Unrouteable address 550 Sender verify failed",
        "550 your IP doesn't have a PTR record", "550 sender domain could not be found", "550 HELO: no such address",
    ])
    func `about our own server says nothing of the address`(_ said: String) {
        #expect(Complaint(status: "5.0.0", text: said).kind == .refused)
    }

    @Test func `about the address is known without a status`() {
        #expect(Complaint(status: nil, text: "550 Unrouteable address").kind == .address)
    }
}
