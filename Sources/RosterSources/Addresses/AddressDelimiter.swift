/// What separates the values of a list: the sign that its first line has most of, outside quotation marks.
enum AddressDelimiter {
    private static let known = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]

    static func find(in text: any ByteSource) throws -> UInt8 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)
        defer { buffer.deallocate() }
        let count = try text.read(into: buffer)
        return find(in: buffer[..<count])
    }

    static func find(in text: some Collection<UInt8>) -> UInt8 {
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in text {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 10 || byte == 13 {
                if counts.contains(where: { $0 > 0 }) { break }
            } else if let index = known.firstIndex(of: byte) {
                counts[index] += 1
            }
        }
        let most = counts.max() ?? 0
        guard most > 0, let index = counts.firstIndex(of: most) else { return UInt8(ascii: ",") }
        return known[index]
    }
}
