/// Writes one CSV file after another into a package (RFC 4180), a part at a time.
struct SampleTable {
    private let writer: any PackageWriter
    private var bytes: [UInt8] = []
    private let part = 1 << 18

    init(_ writer: any PackageWriter) {
        self.writer = writer
        bytes.reserveCapacity(part + 4_096)
    }

    /// Begins a file with the names of its columns.
    mutating func begin(_ name: String, _ columns: String) throws {
        try flush()
        try writer.begin(name)
        bytes.append(contentsOf: columns.utf8)
        endLine()
    }

    mutating func row(_ values: String...) throws {
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(value)
        }
        endLine()
        if bytes.count >= part { try flush() }
    }

    mutating func finish() throws {
        try flush()
        try writer.finish()
    }

    private mutating func append(_ value: String) {
        let start = bytes.count
        bytes.append(contentsOf: value.utf8)
        let needsQuotes = bytes[start...].contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
        }
        guard needsQuotes else { return }
        bytes.removeLast(bytes.count - start)
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func endLine() {
        bytes.append(13)
        bytes.append(10)
    }

    private mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try bytes.withUnsafeBytes { try writer.write($0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
