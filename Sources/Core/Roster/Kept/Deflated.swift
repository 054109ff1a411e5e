import CZlib

/// Bytes made smaller with zlib (RFC 1950), with their length before them.
enum Deflated {
    /// More than this never comes back out: a part of a roster is far smaller.
    static let limit = 64 << 20

    static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: headLength + Int(length))
        let status = packed.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return Z_BUF_ERROR }
            return compress2(start + headLength, &length, bytes, uLong(bytes.count), Z_BEST_SPEED)
        }
        // With room for the worst case only memory can fail, and then nothing else works either.
        precondition(status == Z_OK, "zlib could not compress")
        packed.removeLast(packed.count - headLength - Int(length))
        for index in 0..<headLength { packed[index] = UInt8(truncatingIfNeeded: bytes.count >> (8 * index)) }
        return packed
    }

    /// nil for bytes that are no whole packed ones.
    static func unpack(_ packed: [UInt8]) -> [UInt8]? {
        guard packed.count > headLength else { return nil }
        let count = (0..<headLength).reduce(0) { $0 | Int(packed[$1]) << (8 * $1) }
        guard count <= limit else { return nil }
        var length = uLong(count)
        var bytes = [UInt8](repeating: 0, count: max(1, count))
        let status = packed.withUnsafeBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return Z_BUF_ERROR }
            return uncompress(&bytes, &length, start + headLength, uLong(packed.count - headLength))
        }
        guard status == Z_OK, Int(length) == count else { return nil }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Bytes of the length in front, the lowest first.
    private static let headLength = 4
}
