import CQREncode

/// A QR code (ISO/IEC 18004) as the data of one SVG path, error correction M, with its quiet zone of four modules.
package struct QRCode: Sendable, Equatable {
    /// Rectangles, one for each run of dark modules in a row: digits, blanks and the letters M, h, v, z.
    package let path: String
    /// Modules on a side, quiet zone included.
    package let size: Int

    /// The text fits no QR code.
    package struct TooLong: Error, Equatable {}

    package init(_ text: String) throws {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { throw TooLong() }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard let modules = code.pointee.data else { throw TooLong() }
        var path = ""
        for y in 0..<width {
            var x = 0
            while x < width {
                guard modules[y * width + x] & 1 == 1 else {
                    x += 1
                    continue
                }
                let start = x
                while x < width, modules[y * width + x] & 1 == 1 { x += 1 }
                path += "M\(start + 4) \(y + 4)h\(x - start)v1h-\(x - start)z"
            }
        }
        self.path = path
        size = width + 8
    }
}
