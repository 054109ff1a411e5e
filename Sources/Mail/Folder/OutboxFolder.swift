package import Core
import Foundation
import Synchronization

/// Mail that stays in this machine: one `.eml` file a mail, in a folder that nobody else can read, for seven days.
package struct OutboxFolder: MailTransport {
    private static let life = Span.days(7)
    private let path: String
    private let clock: Clock

    package init(path: String, clock: Clock) {
        self.path = path
        self.clock = clock
    }

    package func open() async throws(DeliveryFault) -> any MailSession {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try removeOld()
        } catch {
            throw DeliveryFault(scope: .server, reply: ServerReply(ours: "The outbox folder \(path) cannot be used."))
        }
        return OutboxFolderSession(path: path)
    }

    /// The mails in the folder, newest first, at most `limit`.
    package func letters(limit: Int = 200) throws -> [FolderLetter] {
        try files().sorted { ($0.at, $0.name) > ($1.at, $1.name) }.prefix(limit).compactMap { file in
            guard let bytes = FileManager.default.contents(atPath: "\(path)/\(file.name)") else { return nil }
            let message = ReadMessage(bytes)
            return FolderLetter(name: file.name, to: message["To"], subject: message["Subject"], at: file.at)
        }
    }

    /// A mail as plain text, headers first; nil for a name that is not in the folder. `blanksLinks` hides what opens doors.
    package func text(_ name: String, blanksLinks: Bool) throws -> Redacted<String>? {
        guard try files().contains(where: { $0.name == name }),
            let bytes = FileManager.default.contents(atPath: "\(path)/\(name)")
        else { return nil }
        let message = ReadMessage(bytes)
        let headers = ["From", "To", "Subject", "Date"].map { "\($0): \(message[$0])" }.joined(separator: "\n")
        let text = "\(headers)\n\n\(message.plainText)"
        return Redacted(blanksLinks ? Self.blanked(text) : text)
    }

    /// Removes what is older than seven days. Done whenever the folder is opened for mail.
    package func removeOld() throws {
        let limit = clock.now() - Self.life
        for file in try files() where file.at < limit {
            try FileManager.default.removeItem(atPath: "\(path)/\(file.name)")
        }
    }

    private func files() throws -> [(name: String, at: Timestamp)] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".eml") }.compactMap {
            name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
            return (attributes?[.modificationDate] as? Date).map { (name, Timestamp($0)) }
        }
    }

    /// What follows `/activate/` opens an account, and so does the code beside it.
    private static func blanked(_ text: String) -> String {
        text.replacing(/\/activate\/[A-Za-z0-9_\-]+/, with: "/activate/…")
            .replacing(/(?m)^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/, with: LetterCode.blank)
    }
}

/// One mail of the outbox folder.
package struct FolderLetter: Sendable, Equatable {
    /// The file's name.
    package let name: String
    package let to: String
    package let subject: String
    package let at: Timestamp
}
