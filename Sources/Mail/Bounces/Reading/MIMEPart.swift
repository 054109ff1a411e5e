/// A message or a part of one.
struct MIMEPart {
    /// So many parts of a message are looked at, and so deep.
    private static let limit = 100
    private static let depth = 8

    let fields: HeaderFields
    let type: ContentType
    private let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        fields = HeaderFields(bytes)
        type = ContentType(fields["content-type"])
        body = bytes[fields.end...]
    }

    /// The parts that have no parts, in their order. A message within the message is one of them: what it says was said to
    /// somebody else.
    var leaves: [MIMEPart] {
        var found: [MIMEPart] = []
        var looked = 0
        collect(into: &found, looked: &looked, depth: Self.depth)
        return found
    }

    /// The body without its transfer encoding, at most so many bytes of it.
    func content(upTo limit: Int) -> [UInt8] {
        let encoded = body.prefix(4 * limit)
        let encoding = fields["content-transfer-encoding"].map { PlainBytes.lowered($0.utf8) }
        let decoded = encoding.flatMap(TransferEncoding.init)?.decode(encoded) ?? Array(encoded.prefix(limit))
        return decoded.count > limit ? Array(decoded.prefix(limit)) : decoded
    }

    private func collect(into found: inout [MIMEPart], looked: inout Int, depth: Int) {
        guard let boundary = type.boundary, type.isMultipart, depth > 0 else { return found.append(self) }
        var rest = body
        var start: Int?
        while let (line, isLast, next) = Self.delimiter(boundary, in: rest) {
            if let start { Self.take(body[start..<line], into: &found, looked: &looked, depth: depth) }
            if looked >= Self.limit { return }
            start = isLast ? nil : next
            rest = body[next...]
            if isLast { return }
        }
        // Cut short: what there is of the last part counts.
        if let start { Self.take(body[start...], into: &found, looked: &looked, depth: depth) }
    }

    private static func take(
        _ bytes: ArraySlice<UInt8>, into found: inout [MIMEPart], looked: inout Int, depth: Int
    ) {
        guard looked < limit else { return }
        looked += 1
        MIMEPart(bytes).collect(into: &found, looked: &looked, depth: depth - 1)
    }

    /// The next line that is the boundary: where it begins, whether it is the last, and where what follows begins.
    private static func delimiter(
        _ boundary: [UInt8], in bytes: ArraySlice<UInt8>
    ) -> (line: Int, isLast: Bool, next: Int)? {
        var rest = bytes
        while case let start = rest.startIndex, let line = Lines.next(&rest) {
            guard line.count >= boundary.count + 2, line.first == 45, line.dropFirst().first == 45,
                line.dropFirst(2).prefix(boundary.count).elementsEqual(boundary)
            else { continue }
            let tail = line.dropFirst(2 + boundary.count)
            if tail.allSatisfy(PlainBytes.isBlank) { return (start, false, rest.startIndex) }
            if tail.starts(with: [45, 45]), tail.dropFirst(2).allSatisfy(PlainBytes.isBlank) {
                return (start, true, rest.startIndex)
            }
        }
        return nil
    }
}
