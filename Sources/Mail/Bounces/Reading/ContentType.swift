/// A value of Content-Type (RFC 2045 section 5): what we need of it.
struct ContentType {
    /// `type/subtype` in lower case; text/plain for what names none.
    private(set) var kind = "text/plain"
    /// Between the parts of a multipart; nil without one.
    private(set) var boundary: [UInt8]?

    init(_ value: String?) {
        guard let value else { return }
        let bytes = Array(value.utf8)[...]
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
        let named = PlainBytes.lowered(PlainBytes.trimmed(bytes[..<end]))
        if named.utf8.contains(UInt8(ascii: "/")) { kind = named }
        var rest = bytes[end...]
        while let (name, value) = Self.parameter(&rest) {
            if name == "boundary", boundary == nil, (1...200).contains(value.count) { boundary = value }
        }
    }

    var isMultipart: Bool { kind.hasPrefix("multipart/") && boundary != nil }

    /// Takes `; name=value` off, quoted or not; nil at the end.
    private static func parameter(_ rest: inout ArraySlice<UInt8>) -> (name: String, value: [UInt8])? {
        guard let semicolon = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        rest = rest[(semicolon + 1)...]
        let nameEnd = rest.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ";") } ?? rest.endIndex
        let name = PlainBytes.lowered(PlainBytes.trimmed(rest[..<nameEnd]))
        rest = rest[nameEnd...]
        guard rest.first == UInt8(ascii: "=") else { return (name, []) }
        rest = rest.dropFirst().drop(while: PlainBytes.isBlank)
        var value: [UInt8] = []
        if rest.first == UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                value.append(byte == UInt8(ascii: "\\") ? rest.popFirst() ?? byte : byte)
            }
        } else {
            let end = rest.firstIndex { $0 == UInt8(ascii: ";") || PlainBytes.isBlank($0) } ?? rest.endIndex
            value = Array(rest[..<end])
            rest = rest[end...]
        }
        return (name, value)
    }
}
