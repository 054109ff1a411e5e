package import Core

/// Reads a message that came to a return address. Whatever the bytes are, it comes to an end, and never fails.
package struct BounceReader {
    private let message: MIMEPart

    package init(_ bytes: [UInt8]) { message = MIMEPart(bytes[...]) }

    /// The tokens of the return addresses to which it came, as mail servers note them at the head.
    package var tokens: [ReturnToken] {
        let names = [
            "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc",
        ]
        return names.flatMap { message.fields.all($0) }.flatMap { ReturnToken.all(in: $0) }
    }

    /// What it reports; nil for a message that is no report, such as an automatic answer.
    ///
    /// `isFromNobody`: whether it came with the empty sender of RFC 5321 section 4.5.5, where that is known.
    package func report(isFromNobody: Bool? = nil) -> MailReport? {
        let leaves = message.leaves
        let statuses = leaves.filter { DeliveryStatus.kinds.contains($0.type.kind) }
        if !statuses.isEmpty { return statuses.lazy.compactMap(DeliveryStatus.report).first }
        guard mayBeReport(isFromNobody), let text = leaves.first(where: { PlainReport.kinds.contains($0.type.kind) })
        else { return nil }
        return PlainReport(text).report
    }

    /// Words are believed only of those whose work it is: an automatic answer says what its owner likes.
    private func mayBeReport(_ isFromNobody: Bool?) -> Bool {
        let answer = (message.fields["auto-submitted"] ?? "").lowercased()
        if answer.contains("vacation") { return false }
        if message.fields["x-failed-recipients"] != nil { return true }
        let from = (message.fields["from"] ?? "").lowercased()
        if Self.daemons.contains(where: { from.contains($0) }) { return true }
        let isFromNobody = isFromNobody ?? (message.fields["return-path"].map { $0.filter { $0 != " " } } == "<>")
        return isFromNobody && !answer.hasPrefix("auto-replied")
    }

    private static let daemons = ["mailer-daemon", "postmaster@", "mail-daemon", "microsoftexchange"]
}
