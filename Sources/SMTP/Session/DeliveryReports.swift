import Mail

/// What is asked of a server that reports on deliveries (DSN, RFC 3461): the headers alone come back, with the mail's name,
/// when it was not delivered or is late.
enum DeliveryReports {
    /// What follows the sender's address in MAIL FROM.
    static func ofSender(_ mail: Parcel, _ features: ServerFeatures) -> String {
        guard features.deliveryReports else { return "" }
        let name = xtext(mail.name)
        return " RET=HDRS" + (name.isEmpty || name.utf8.count > 100 ? "" : " ENVID=\(name)")
    }

    /// What follows the recipient's address in RCPT TO.
    static func ofRecipient(_ features: ServerFeatures) -> String {
        features.deliveryReports ? " NOTIFY=FAILURE,DELAY" : ""
    }

    /// RFC 3461 section 4: whatever is not plain becomes `+` and two digits.
    static func xtext(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if (33...126).contains(byte), byte != 43, byte != 61 {
                bytes.append(byte)
            } else {
                bytes += [43, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
