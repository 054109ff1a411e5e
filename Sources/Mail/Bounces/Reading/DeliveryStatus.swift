import Core

/// What a mail server says of one recipient, in the form of RFC 3464.
struct DeliveryStatus {
    enum Action: String {
        case failed, delayed, delivered, relayed, expanded
        var passesOn: Bool { self == .delivered || self == .relayed || self == .expanded }
    }
    private static let groupLimit = 100
    private static let sizeLimit = 65_536

    private let action: Action
    private let complaint: Complaint

    private init?(_ fields: HeaderFields) {
        // A word in brackets may follow: "failed (5.1.1)".
        guard let said = fields["action"], let word = said.utf8.split(whereSeparator: { !Self.isLetter($0) }).first,
            let action = Action(rawValue: PlainBytes.lowered(word))
        else { return nil }
        self.action = action
        complaint = Complaint(status: fields["status"], text: fields["diagnostic-code"].map(Self.withoutType) ?? "")
    }

    static let kinds: Set = ["message/delivery-status", "message/global-delivery-status"]

    /// What a part of that kind says in all; nil when it says nothing.
    ///
    /// The mail had one recipient. Where that was many others, it has failed when it failed for all of them.
    static func report(in part: MIMEPart) -> MailReport? {
        let all = groups(part.content(upTo: sizeLimit)[...])
        if all.isEmpty { return nil }
        if all.contains(where: \.action.passesOn) { return .arrived }
        if all.contains(where: { $0.action == .delayed }) { return .delayed }
        // Where only some say that there is no such address, the one of ours is one.
        let said = all.first { $0.complaint.kind != .address } ?? all[0]
        return .failed(said.complaint.kind, reason: said.complaint.reason)
    }

    private static func groups(_ bytes: ArraySlice<UInt8>) -> [DeliveryStatus] {
        var rest = bytes
        var found: [DeliveryStatus] = []
        for _ in 0..<groupLimit where !rest.isEmpty {
            let fields = HeaderFields(rest)
            rest = rest[fields.end...]
            if let status = DeliveryStatus(fields) { found.append(status) }
        }
        return found
    }

    /// Without the type before it: `smtp; 550 5.1.1 …`.
    private static func withoutType(_ value: String) -> String {
        let bytes = Array(value.utf8)[...]
        guard let semicolon = bytes.firstIndex(of: UInt8(ascii: ";")),
            bytes[..<semicolon].allSatisfy({ isLetter($0) || $0 == 45 || PlainBytes.isBlank($0) })
        else { return value }
        return String(decoding: bytes[(semicolon + 1)...], as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
}
