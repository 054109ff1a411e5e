import NIOCore
import Testing

@testable import SMTP

@Suite struct TheBodyOnTheWire {
    /// What a server makes of it (RFC 5321 section 4.5.2); nil when the message ends early or never.
    private func received(_ wire: [UInt8]) -> [UInt8]? {
        var message: [UInt8] = []
        var rest = wire[...]
        while !rest.isEmpty {
            guard let end = rest.indices.dropLast().first(where: { rest[$0] == 13 && rest[$0 + 1] == 10 }) else {
                return nil
            }
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            if line.elementsEqual([46]) { return rest.isEmpty ? message : nil }
            if line.contains(13) || line.contains(10) { return nil }
            message += line.first == 46 ? line.dropFirst() : line
            message += [13, 10]
        }
        return nil
    }

    @Test func `has its dots doubled and ends once`() {
        #expect(String(buffer: DotStuffing.stuffed(Array(".\r\n..a\r\nb.".utf8))) == "..\r\n...a\r\nb.\r\n.\r\n")
        #expect(String(buffer: DotStuffing.stuffed([])) == ".\r\n")
    }

    @Test func `cannot be ended by what stands in it`() {
        var random = SystemRandomNumberGenerator()
        let bytes: [UInt8] = [13, 10, 46, 97, 0, 32]
        for _ in 0..<5_000 {
            let message = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                bytes.randomElement(using: &random) ?? 97
            }
            let wire = Array(buffer: DotStuffing.stuffed(message))
            #expect(received(wire) != nil, "\(message)")
        }
    }
}
