import Core

/// The query of an address as names and values, in order.
struct Query: Sendable, Hashable {
    struct Item: Sendable, Hashable {
        let name: String
        let value: String
    }
    var items: [Item] = []

    init() {}

    /// Reads the part behind the question mark; what is no escape stays as it is.
    init(reading text: Substring) {
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            items.append(Item(name: Self.decoded(parts[0]), value: parts.count == 2 ? Self.decoded(parts[1]) : ""))
        }
    }

    subscript(name: String) -> String? {
        get { items.first { $0.name == name }?.value }
        set {
            items.removeAll { $0.name == name }
            if let newValue { items.append(Item(name: name, value: newValue)) }
        }
    }

    var encoded: String {
        items.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    }

    /// A plus is a blank (RFC 5849 3.4.1.3.1 reads a query as a form).
    private static func decoded(_ text: Substring) -> String {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.count,
                let code = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                plain.append(code)
                index += 3
            } else {
                plain.append(byte == UInt8(ascii: "+") ? 32 : byte)
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
