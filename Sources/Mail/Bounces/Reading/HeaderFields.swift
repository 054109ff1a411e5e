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
