/// What stands in a mail's return address: the mail's id, and a MAC over it and the address that the mail went to. So what
/// comes back is believed, and only as long as the mail has not gone to another address since.
///
/// 43 characters that mean the same in upper and lower case: mail servers change the case of addresses.
package struct ReturnToken: Sendable, Hashable, CustomStringConvertible {
    private static let idLength = 26
    private static let macLength = 16
    /// How many are looked at in one text.
    private static let limit = 8

    package let mail: ID<OutgoingMail>
    /// 80 bits: there is one try a message, and nothing but a mail's fate to win.
    private let mac: [UInt8]

    /// The token of a mail to an address, as its row has it. Throws when the keyring lacks the key.
    package init(
        mail: ID<OutgoingMail>, address: String, keyID: KeyID, keyring: Keyring
    ) throws(KeyringProblem) {
        self.mail = mail
        let key = try keyring.subkey(.bounce, of: keyID)
        mac = Array(TokenText.mac(.bounce, over: mail.bytes + Array(address.utf8), key: key).prefix(10))
    }

    private init?(id: ArraySlice<UInt8>, mac: ArraySlice<UInt8>) {
        guard let id = Base32.decode(id), id.count == 16, let mac = Base32.decode(mac), mac.count == 10 else {
            return nil
        }
        mail = ID(bytes: id)
        self.mac = mac
    }

    /// The tokens in a text, the first few: whatever stands after a `+`, as in `bounces+<token>@mail.district.example`.
    /// They are proven only by `isGenuine`.
    package static func all(in text: String) -> [ReturnToken] {
        let bytes = Array(text.utf8)
        var found: [ReturnToken] = []
        for dot in bytes.indices where bytes[dot] == UInt8(ascii: ".") {
            let (start, end) = (dot - idLength, dot + 1 + macLength)
            guard start > 0, end <= bytes.count, bytes[start - 1] == UInt8(ascii: "+"),
                end == bytes.count || Base32.value(of: bytes[end]) == nil,
                let token = ReturnToken(id: bytes[start..<dot], mac: bytes[dot + 1..<end]), !found.contains(token)
            else { continue }
            found.append(token)
            if found.count == limit { break }
        }
        return found
    }

    package var description: String { "\(Base32.encode(mail.bytes)).\(Base32.encode(mac))" }

    /// Whether we made it for that address, with any of our keys. Constant time.
    package func isGenuine(for address: String, keyring: Keyring) throws(KeyringProblem) -> Bool {
        var isGenuine = false
        for key in keyring.ids {
            let ours = try ReturnToken(mail: mail, address: address, keyID: key, keyring: keyring)
            isGenuine = TokenText.isSame(mac, ours.mac) || isGenuine
        }
        return isGenuine
    }
}
