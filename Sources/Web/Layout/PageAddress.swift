/// A path of ours with its query, percent-encoded as forms send it. Items without a value are left out.
package struct PageAddress: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ path: String, _ items: KeyValuePairs<StaticString, String?> = [:]) {
        let query = items.compactMap { name, value in value.map { "\(name)=\(Self.encoded($0))" } }
        description = query.isEmpty ? path : path + "?" + query.joined(separator: "&")
    }

    /// One segment of a path or one value of a query: only letters, digits and `-._~` stay as they are (RFC 3986).
    package static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
