import CSodium
import Crypto

/// The text form of tokens: base64url without padding (RFC 4648 section 5), and the MAC within them.
enum TokenText {
    /// Bytes in a MAC: HMAC-SHA256 cut to 128 bits.
    static let macLength = 16

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(digits[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(digits[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, if it is the one text of that many bytes: no other length, sign, padding or leftover bit.
    static func decode(_ text: String, count expected: Int) -> [UInt8]? {
        let text = text.utf8
        guard text.count == (expected * 8 + 5) / 6 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in text {
            guard let value = values[Int(digit)] else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bits & (1 << UInt32(count) - 1) == 0 ? bytes : nil
    }

    static func mac(_ purpose: Keyring.Purpose, over bytes: [UInt8], key: SymmetricKey) -> [UInt8] {
        let message = Array(purpose.rawValue.utf8) + [0] + bytes
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key).prefix(macLength))
    }

    /// Compares two MACs in constant time.
    static func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && sodium_memcmp(first, second, first.count) == 0
    }
}
