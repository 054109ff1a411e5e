/// An IP address as bytes: 4 of them, or 16. IPv4 inside IPv6 counts as IPv4.
struct ClientAddress: Equatable {
    let bytes: [UInt8]

    init?(_ text: String) {
        if let four = Self.four(text) {
            bytes = four
        } else if let sixteen = Self.sixteen(text) {
            let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
            bytes = Array(sixteen.prefix(12)) == mapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    /// 127.0.0.0/8 and ::1.
    static func isLoopback(_ text: String) -> Bool {
        guard let bytes = ClientAddress(text)?.bytes else { return false }
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    private static func four(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return nil }
        let bytes = parts.compactMap { UInt8($0) }
        return bytes.count == 4 ? bytes : nil
    }

    /// RFC 4291, section 2.2: groups, `::` once, perhaps an IPv4 address at the end; in brackets or not.
    private static func sixteen(_ text: String) -> [UInt8]? {
        var text = text[...]
        if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        guard let gap = text.firstRange(of: "::") else {
            let bytes = groups(text)
            return bytes?.count == 16 ? bytes : nil
        }
        guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let four = four(String(part)) {
                bytes += four
            } else if (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16), part.first != "+" {
                bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
            } else {
                return nil
            }
        }
        return bytes
    }
}

/// A network of addresses, as `10.0.0.0/8`, `fd00::/8` or a single address.
package struct Network: Sendable, Equatable, LosslessStringConvertible {
    private let bytes: [UInt8]
    private let bits: Int
    package let description: String

    package init?(_ description: String) {
        let parts = description.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = ClientAddress(String(parts[0])) else { return nil }
        let most = address.bytes.count * 8
        guard parts.count == 1 || Int(parts[1]).map({ (0...most).contains($0) }) == true else { return nil }
        bytes = address.bytes
        bits = parts.count == 1 ? most : Int(parts[1]) ?? most
        self.description = description
    }

    /// True for an address inside; false for what is no address.
    package func contains(_ text: String) -> Bool {
        guard let other = ClientAddress(text)?.bytes, other.count == bytes.count else { return false }
        for index in bytes.indices {
            let taken = min(8, max(0, bits - index * 8))
            let mask = taken == 0 ? 0 : UInt8(truncatingIfNeeded: 0xff << (8 - taken))
            if bytes[index] & mask != other[index] & mask { return false }
        }
        return true
    }
}
