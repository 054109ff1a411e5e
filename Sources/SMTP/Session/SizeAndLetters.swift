import Mail

/// What a mail asks of a server beyond plain SMTP: SIZE (RFC 1870), 8BITMIME (RFC 6152), SMTPUTF8 (RFC 6531).
enum SizeAndLetters {
    /// Why this server cannot take this mail; nil when it can.
    static func refusal(of mail: Parcel, _ features: ServerFeatures) -> DeliveryResult? {
        if mail.recipient.needsSMTPUTF8 || mail.sender.needsSMTPUTF8, !features.smtpUTF8 {
            return failed(
                mail.recipient.needsSMTPUTF8 ? .recipient : .server,
                "The mail server takes only addresses with plain letters (it does not offer SMTPUTF8).")
        }
        if let limit = features.sizeLimit, mail.message.count > limit {
            return failed(.message, "The mail is bigger than the mail server takes.")
        }
        if has8Bit(mail), !features.eightBitMIME {
            return failed(.message, "The mail server takes only plain letters (it does not offer 8BITMIME).")
        }
        return nil
    }

    /// What follows the sender's address in MAIL FROM.
    static func parameters(for mail: Parcel, _ features: ServerFeatures) -> String {
        var parameters = features.takesSize ? " SIZE=\(mail.message.count)" : ""
        if has8Bit(mail) { parameters += " BODY=8BITMIME" }
        if mail.recipient.needsSMTPUTF8 || mail.sender.needsSMTPUTF8 { parameters += " SMTPUTF8" }
        return parameters
    }

    private static func has8Bit(_ mail: Parcel) -> Bool { mail.message.contains { $0 >= 0x80 } }

    private static func failed(_ scope: DeliveryFault.Scope, _ text: String) -> DeliveryResult {
        .failed(DeliveryFault(scope: scope, reply: ServerReply(ours: text), isPermanent: true))
    }
}
