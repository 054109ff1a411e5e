import Core

/// Why a mail did not arrive, as a mail server has put it.
struct Complaint {
    let kind: BounceKind
    /// One line, fit to be kept and shown, with the status before it; nil where nobody gave a reason.
    let reason: String?

    /// `status` as the report names it, `text` as the server that refused has said it.
    init(status: String?, text: String) {
        let named = status.flatMap { AddressStatus.first(in: $0.utf8) }
        let said = AddressStatus.first(in: text.utf8)
        // X.0.0 says nothing: what the other server said is closer to the truth.
        let clear = named.flatMap { Self.isVague($0) ? nil : $0 } ?? said.flatMap { Self.isVague($0) ? nil : $0 }
        let words = ServerReply.cleaned(text)
        let status = clear ?? Self.status(of: PlainText(words)) ?? said ?? named
        kind = Self.kind(status)
        let isSaid = status.map { said == $0 } ?? true
        let whole = ServerReply.cleaned(isSaid ? words : "\(status ?? "") \(words)")
        reason = whole.isEmpty ? nil : whole
    }

    private static func isVague(_ status: String) -> Bool { status.hasSuffix(".0.0") }

    private static func status(of words: PlainText) -> String? {
        // What is wrong with our own server says nothing of the address: a hundred good ones would be marked bad.
        if words.has(ofOurs) { return nil }
        if words.has(noSuchAddress) { return "5.1.1" }
        if words.has(isFull) { return "5.2.2" }
        return words.has(mayPass) ? "4.4.7" : nil
    }

    private static func kind(_ status: String?) -> BounceKind {
        guard let status else { return .refused }
        if AddressStatus.bad.contains(status) { return .address }
        if status == "5.3.4" { return .refused }
        let mayPass = ["5.2.", "5.3.", "5.4."].contains { status.hasPrefix($0) }
        return mayPass || status.hasPrefix("4") ? .soft : .refused
    }

    private static let ofOurs: [StaticString] = [
        "sender", "verif", "spf", "dkim", "dmarc", "ptr", "reverse dns", "helo", "hostname", "your ip",
    ]
    /// What servers say that give no status, with the one that it stands for.
    private static let noSuchAddress: [StaticString] = [
        "user unknown", "unknown user", "no such user", "no such mailbox", "no such recipient", "no such address",
        "user not found", "mailbox not found", "recipient not found", "address not found",
        "no mailbox here by that name",
        "mailbox does not exist", "user does not exist", "address does not exist", "account does not exist",
        "email account that you tried to reach does not exist", "couldn't be found", "could not be found",
        "unknown recipient", "unrouteable address", "not a valid mailbox", "invalid mailbox", "unknown local part",
        "mailbox unavailable or not exist", "no longer exists",
    ]
    private static let isFull: [StaticString] = [
        "quota", "mailbox full", "mailbox is full", "inbox is full", "mailfolder is full", "out of storage",
    ]
    private static let mayPass: [StaticString] = [
        "timed out", "timeout", "try again later", "connection refused", "too long in the queue", "too many hops",
        "temporar",
    ]
}
