/// Who mails are from, as a school or the district set it; an empty field says nothing. The address that they come from is
/// never among it: mail servers check whose that is.
package struct MailSender: Sendable, Equatable {
    /// Shown before the installation's own address.
    package let name: String
    /// Where answers go.
    package let replyTo: String
    /// The lines below the mail.
    package let signature: String

    /// In code points.
    package static let longestName = 100
    package static let longestSignature = 500
    package static let mostLines = 8

    /// Says nothing.
    package static let none = MailSender(name: "", replyTo: "", signature: "")

    /// Why a field cannot be taken.
    package enum Problem: Sendable, Equatable {
        case tooLong(by: Int)
        case tooManyLines
        /// A line end or a control character where none may be.
        case control
        case address(AddressFault)
    }

    /// What is wrong with which field.
    package struct Trouble: Error, Sendable, Equatable {
        package var name: Problem?
        package var replyTo: Problem?
        package var signature: Problem?
        package init(name: Problem? = nil, replyTo: Problem? = nil, signature: Problem? = nil) {
            self.name = name
            self.replyTo = replyTo
            self.signature = signature
        }
    }

    init(name: String, replyTo: String, signature: String) {
        self.name = name
        self.replyTo = replyTo
        self.signature = signature
    }

    /// Checks what was typed. Line ends become LF, blanks around it go.
    package init(typedName: String, replyTo typedReplyTo: String, signature typedSignature: String) throws(Trouble) {
        name = MailText.trimmed(typedName)
        replyTo = MailText.trimmed(typedReplyTo)
        signature = MailText.trimmed(MailText.withPlainLines(typedSignature))
        let trouble = Trouble(
            name: Self.problem(with: name, most: Self.longestName),
            replyTo: replyTo.isEmpty ? nil : AddressFault.of(replyTo).map { .address($0) },
            signature: Self.problem(with: signature, most: Self.longestSignature, lines: Self.mostLines))
        if trouble != Trouble() { throw trouble }
    }

    /// This, and from another what this says nothing about.
    package func over(_ other: MailSender) -> MailSender {
        MailSender(
            name: name.isEmpty ? other.name : name, replyTo: replyTo.isEmpty ? other.replyTo : replyTo,
            signature: signature.isEmpty ? other.signature : signature)
    }

    /// The signature line by line; none where there is none.
    package var lines: [String] {
        signature.isEmpty
            ? [] : signature.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func problem(with text: String, most: Int, lines: Int = 1) -> Problem? {
        let scalars = text.unicodeScalars
        if scalars.contains(where: { !($0 == "\n" && lines > 1) && MailText.isUnseen($0) }) { return .control }
        if scalars.count(where: { $0 == "\n" }) >= lines { return .tooManyLines }
        return scalars.count > most ? .tooLong(by: scalars.count - most) : nil
    }
}
