/// The fields at the head of a message, of a part, or of a group in a delivery status; in bounded memory whatever comes.
struct HeaderFields {
    private static let countLimit = 200
    private static let valueLimit = 2_000

    /// Names in lower case, values unfolded.
    private var fields: [(name: String, value: [UInt8])] = []
    /// Where what follows begins: behind the empty line, or the end.
    private(set) var end: Int

    /// Reads from the start of the bytes to the first empty line. What is no field, a mailbox's `From ` line say, is left out.
    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        end = bytes.endIndex
        var isOpen = false
        while let line = Lines.next(&rest) {
            guard let first = line.first else {
                end = rest.startIndex
                return
            }
            if first == 32 || first == 9 {
                if isOpen { extend(with: line) }
            } else {
                isOpen = open(line)
            }
        }
    }

    var isEmpty: Bool { fields.isEmpty }

    /// A field's value, the first one's; nil without it.
    subscript(_ name: String) -> String? { all(name).first }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map { PlainBytes.text(PlainBytes.trimmed($0.value[...])) }
    }

    private mutating func open(_ line: ArraySlice<UInt8>) -> Bool {
        guard fields.count < Self.countLimit, let colon = line.firstIndex(of: UInt8(ascii: ":")),
            colon > line.startIndex, colon - line.startIndex <= 76
        else { return false }
        let name = PlainBytes.trimmed(line[..<colon])
        guard name.allSatisfy({ (33...126).contains($0) }) else { return false }
        fields.append((PlainBytes.lowered(name), Array(line[(colon + 1)...].prefix(Self.valueLimit))))
        return true
    }

    private mutating func extend(with line: ArraySlice<UInt8>) {
        let last = fields.count - 1
        let room = Self.valueLimit - fields[last].value.count
        if room > 0 { fields[last].value += line.prefix(room) }
    }
}

/// Lines of bytes, without their ends: CRLF, or LF alone.
enum Lines {
    /// Takes the next line off; nil at the end.
    static func next(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: 10) ?? rest.endIndex
        var line = rest[rest.startIndex..<end]
        rest = end < rest.endIndex ? rest[(end + 1)...] : rest[rest.endIndex...]
        if line.last == 13 { line.removeLast() }
        return line
    }
}

/// Bytes of which nobody knows in which letters they are.
enum PlainBytes {
    /// UTF-8 where they are, else Latin-1: then nothing is lost, and ASCII is right in any case.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return bytes[start..<end]
    }

    static func lowered(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
