import Foundation
import Glibc

/// Writes mails as files: whole or not at all.
struct OutboxFolderSession: MailSession {
    let path: String
    let isOpen = true

    func deliver(
        _ mail: Parcel, beforeBody: @Sendable () async throws -> Void
    ) async throws -> DeliveryResult {
        try await beforeBody()
        let name = "\(path)/\(mail.name)"
        guard write(mail.message, to: "\(name).part"), rename("\(name).part", "\(name).eml") == 0 else {
            unlink("\(name).part")
            return .deferred(
                DeliveryFault(scope: .server, reply: ServerReply(ours: "The outbox folder \(path) cannot be written.")))
        }
        return .accepted(ServerReply(ours: "Written into the outbox folder."))
    }

    func quit() async {}

    private func write(_ bytes: [UInt8], to file: String) -> Bool {
        let descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return fsync(descriptor) == 0
    }
}
