import Core
import Foundation

/// A first walk through a file: what it is written in, and whether it is whole. Nothing of the file is kept.
package struct TextSurvey: Sendable {
    package let encoding: TextEncoding
    /// How many bytes of byte order mark stand before the text.
    package let markLength: Int
    package let size: Int

    /// Opens the file as often as it needs to. Throws `RosterRefused` for damage.
    package init(file: String, open: () throws -> any ByteSource, progress: (Int) throws -> Void = { _ in }) throws {
        let place = RosterPlace(file: file, line: 0)
        var check = UTF8Check()
        var head: [UInt8] = []
        var zeros = false
        var total = 0
        try chunks(of: try open()) { chunk in
            if head.count < 4 { head += chunk.prefix(4 - head.count) }
            total += chunk.count
            check.accept(chunk)
            zeros = zeros || chunk.baseAddress.map { memchr($0, 0, chunk.count) != nil } == true
            try progress(chunk.count)
        }
        size = total
        let announced = head.withUnsafeBytes { TextEncoding.announced(by: $0) }
        markLength = announced?.markLength ?? 0
        switch announced?.encoding {
        case .utf16LittleEndian?, .utf16BigEndian?:
            encoding = announced?.encoding ?? .utf16LittleEndian
            try chunks(of: TextStream(try open(), encoding: encoding, markLength: markLength, file: file)) { _ in }
            return
        case .utf8? where !check.isComplete:
            throw RosterRefused(
                reason: "{value} begins as UTF-8 but does not go on so. Export it again, as UTF-8.", value: file,
                place: place)
        default: break
        }
        guard !zeros else {
            throw RosterRefused(
                reason: "{value} has zero bytes in its text: it is damaged. Export it again.", value: file, place: place
            )
        }
        guard check.isComplete || !check.hasByteOutsideWindows1252 else {
            throw RosterRefused(
                reason: "{value} is written in an encoding that FirstBell cannot tell. Save it as UTF-8.", value: file,
                place: place)
        }
        encoding = check.isComplete ? .utf8 : .windows1252
    }
}

private func chunks(of source: any ByteSource, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
        let count = try source.read(into: buffer)
        guard count > 0 else { return }
        try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
}
