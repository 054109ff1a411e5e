import Core
import Testing

@testable import RosterSources

@Suite struct TheTextOfAFile {
    @Test(arguments: [1, 2, 3, 1_000]) func `is the same whatever it is written in`(piece: Int) throws {
        let text = "id,name\r\n1,Zoë Ångström\r\n2,€uro – 😀"
        let utf16 = Array(text.utf16)
        let little: [UInt8] =
            [0xFF, 0xFE] + utf16.flatMap { unit in [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] as [UInt8] }
        let big: [UInt8] =
            [0xFE, 0xFF] + utf16.flatMap { unit in [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)] as [UInt8] }
        let written: [(TextEncoding, [UInt8])] = [
            (.utf8, Array(text.utf8)), (.utf8, [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
            (.utf16LittleEndian, little), (.utf16BigEndian, big),
            (.utf16LittleEndian, Array(little.dropFirst(2))), (.utf16BigEndian, Array(big.dropFirst(2))),
        ]
        for (encoding, bytes) in written {
            let read = try decode(bytes, piece: piece)
            #expect(read.survey.encoding == encoding)
            #expect(read.text == text)
        }
    }

    @Test func `is read as Windows-1252 when a byte is no UTF-8`() throws {
        let read = try decode(Array("O".utf8) + [0x92] + Array("Malley, Jos".utf8) + [0xE9, 0x80])
        #expect(read.survey.encoding == .windows1252)
        #expect(read.text == "O’Malley, José€")
    }

    @Test func `is refused when its encoding cannot be told`() {
        #expect(refusal(of: [0x93, 0xFA, 0x8D, 0x81, 0x20])?.reason.contains("cannot tell") == true)
    }

    @Test func `is refused when zeros stand in it`() {
        #expect(refusal(of: Array("id,name\n1,".utf8) + [0, 0, 0])?.reason.contains("zero bytes") == true)
        let utf16: [UInt8] = [0xFF, 0xFE] + "id,name\n1,B\u{0}n".utf16.flatMap { [UInt8($0), 0] as [UInt8] }
        #expect(refusal(of: utf16)?.reason.contains("damaged") == true)
    }

    @Test func `is refused when UTF-16 is cut or broken`() {
        #expect(refusal(of: [0xFF, 0xFE, 0x41, 0, 0x42])?.reason.contains("damaged") == true)
        #expect(refusal(of: [0xFF, 0xFE, 0x41, 0, 0x00, 0xD8])?.reason.contains("damaged") == true)
        #expect(refusal(of: [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0])?.reason.contains("damaged") == true)
        #expect(refusal(of: [0xFF, 0xFE, 0x00, 0xDC, 0x41, 0])?.reason.contains("damaged") == true)
    }

    @Test func `is refused when a mark says UTF-8 and the bytes do not`() {
        #expect(refusal(of: [0xEF, 0xBB, 0xBF, 0x41, 0xE9])?.reason.contains("begins as UTF-8") == true)
    }

    @Test func `may be nothing but a mark, or nothing`() throws {
        #expect(try decode([0xEF, 0xBB, 0xBF]).text.isEmpty)
        #expect(try decode([0xFF, 0xFE]).text.isEmpty)
        #expect(try decode([]).text.isEmpty)
    }

    @Test func `is checked as UTF-8 just as the standard library checks it`() {
        var dice = SplitMix64(seed: 7)
        let parts: [[UInt8]] = [
            [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0xA0, 0x80], [0xC0, 0x80],
            [0xE0, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8], [0x80], Array("plain text of some length".utf8),
        ]
        for _ in 0..<3_000 {
            var bytes = (0..<dice.next(below: 6)).flatMap { _ in parts[dice.next(below: parts.count)] }
            if dice.next(below: 4) == 0, !bytes.isEmpty {
                bytes[dice.next(below: bytes.count)] ^= 1 << dice.next(below: 8)
            }
            var check = UTF8Check()
            let cut = dice.next(below: bytes.count + 1)
            bytes[..<cut].withUnsafeBytes { check.accept($0) }
            bytes[cut...].withUnsafeBytes { check.accept($0) }
            #expect(check.isComplete == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }

    private func decode(_ bytes: [UInt8], piece: Int = 5) throws -> (survey: TextSurvey, text: String) {
        let survey = try TextSurvey(file: "users.csv", open: { PiecemealBytes(bytes, piece: piece) })
        let stream = TextStream(PiecemealBytes(bytes, piece: piece), as: survey, file: "users.csv")
        return (survey, String(decoding: try everything(from: stream), as: UTF8.self))
    }

    private func refusal(of bytes: [UInt8]) -> RosterRefused? {
        #expect(throws: RosterRefused.self) { try decode(bytes) }
    }
}
