import Crypto
import Foundation

/// The secret in a session's cookie: 32 random bytes as base64url. The table keeps only its SHA-256.
package struct SessionToken: Sendable, Equatable {
    package let text: Redacted<String>

    package static func new() -> Self {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
        return Self(text: Redacted(text))
    }

    /// A cookie as a browser sent it; nil for what cannot be one.
    package init?(cookie: String) {
        guard cookie.utf8.count == 43, cookie.utf8.allSatisfy(Self.isLetter) else { return nil }
        text = Redacted(cookie)
    }

    private init(text: Redacted<String>) { self.text = text }

    /// What stands in the table, as 64 hexadecimal digits.
    package var digest: String {
        SHA256.hash(data: Data(text.value.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0\(digits)" : digits
        }.joined()
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x5f: true
        default: false
        }
    }
}
