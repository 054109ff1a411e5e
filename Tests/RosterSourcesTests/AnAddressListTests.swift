import Core
import Foundation
import Testing

@testable import RosterSources

@Suite struct AnAddressList {
    private func rows(_ bytes: [UInt8], named name: String = "list.csv") throws -> [AddressListRow] {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let list = try AddressListFile(at: file, named: name)
        var rows: [AddressListRow] = []
        while let row = try list.next() { rows.append(row) }
        return rows
    }

    private func rows(_ text: String) throws -> [AddressListRow] { try rows(Array(text.utf8)) }

    private func refusal(_ bytes: [UInt8], named name: String = "list.csv") -> String? {
        do {
            _ = try rows(bytes, named: name)
            return nil
        } catch let refused as RosterRefused { return refused.reason } catch { return "\(error)" }
    }

    private func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        ("\u{feff}" + text).utf16.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return isLittle ? bytes.reversed() : bytes
        }
    }

    @Test(arguments: [",", ";", "\t"]) func `is read whatever separates its values`(sign: String) throws {
        let found = try rows("4711\(sign)ben@home.example\n4712\(sign)\"cleo@home.example\"\r\n")
        #expect(found.map(\.named) == ["4711", "4712"])
        #expect(found.map(\.address) == ["ben@home.example", "cleo@home.example"])
        #expect(found.map(\.line) == [1, 2])
        #expect(found.allSatisfy { $0.fault == nil && $0.kind == .either })
    }

    @Test func `is read whatever it is written in`() throws {
        let text = "Número;Correo;Escuela\n4711;ben@home.example;Peñas\n"
        var latin = Array("N".utf8) + [0xFA] + Array("mero;Correo;Escuela\n4711;ben@home.example;Pe".utf8)
        latin += [0xF1] + Array("as\n".utf8)
        for bytes in [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16(text, isLittle: true),
            utf16(text, isLittle: false), latin,
        ] {
            let row = try #require(try rows(bytes).first)
            #expect(row.named == "4711" && row.kind == .number && row.school == "Peñas" && row.line == 2)
            #expect(row.address == "ben@home.example" && row.fault == nil)
        }
    }

    @Test func `finds its columns by their names, in any order`() throws {
        let named = try rows("Email,School,Student ID\nben@home.example,Alder,007\n")
        #expect(
            named == [
                AddressListRow(
                    line: 2, named: "007", kind: .number, school: "Alder", address: "ben@home.example", fault: nil)
            ])
        let username = try rows("User name\tE-Mail\nben.ames\tben@home.example\n")
        #expect(username.first?.kind == .username && username.first?.named == "ben.ames")
        let both = try rows("id,username,email\n,ben.ames,ben@home.example\n7,cleo,cleo@home.example\n")
        #expect(both.map(\.named) == ["ben.ames", "7"] && both.map(\.kind) == [.username, .number])
    }

    @Test func `takes the later of two columns that look like addresses`() throws {
        let row = try #require(try rows("ben@district.example,ben@home.example\n").first)
        #expect(row.named == "ben@district.example" && row.address == "ben@home.example")
    }

    @Test func `reads a first line that is no header as a line`() throws {
        let found = try rows("sep=;\nZoë;nothing\n4711;ben@home.example\n")
        #expect(found.map(\.fault) == [.noAt, nil])
        #expect(found.map(\.line) == [2, 3])
    }

    @Test(arguments: [
        ("7,\"ben@home\n.example\"", AddressFault.lineBreak), ("7,ben@home.example\u{85}", .lineBreak),
        ("7,", .missing), ("7", .missing), (",ben@home.example", .nobody), ("7,ben", .noAt), ("7,ben@home", .noDomain),
        ("7,ben@home.example; cleo@home.example", .several), ("7,b en@home.example", .notPlain),
        ("7,ben@@home.example", .notPlain), ("7,\"a\"b@home.example", .quote), ("7,@home.example", .notPlain),
        ("7,\(String(repeating: "a", count: 286))@home.example", .tooLong),
    ])
    func `says what is wrong with a line`(line: String, fault: AddressFault) throws {
        let found = try rows("1,a@home.example\n\(line)\n2,b@home.example\n")
        #expect(found.count == 3)
        #expect(found[1].fault == fault)
        #expect(found[0].fault == nil && found[2].fault == nil)
    }

    @Test func `says what to do with files that are no list`() {
        let workbook = refusal([0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0], named: "addresses.xlsx")
        #expect(workbook?.contains("Save as, then CSV") == true)
        #expect(refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])?.contains("workbook") == true)
        #expect(refusal(Array("%PDF-1.7\n".utf8))?.contains("PDF") == true)
        #expect(refusal(Array("ben@home.example\ncleo@home.example\n".utf8))?.contains("one column") == true)
        #expect(refusal(Array("4711,Ben\n4712,Cleo\n".utf8))?.contains("No line of this list") == true)
        for empty in ["", "\n\n", "\u{feff}", " "] { #expect(refusal(Array(empty.utf8)) != nil, "\(empty)") }
        #expect(refusal(Array("7,\"ben@home.example\n8,b@home.example\n".utf8))?.contains("quotation mark") == true)
        #expect(refusal(Array("7,a@b.example\n8,".utf8) + [0, 0, 0])?.contains("zero bytes") == true)
    }

    @Test func `never breaks on what it is given`() throws {
        var random = SystemRandomNumberGenerator()
        let signs = Array("a7@.,;\t\"\r\n é\u{feff}=-".utf8) + [0, 0xFF, 0xFE, 0x81, 0xE9, 0xC3]
        for round in 0..<3_000 {
            let count = Int.random(in: 0...120, using: &random)
            let bytes = (0..<count).map { _ -> UInt8 in
                round.isMultiple(of: 3)
                    ? UInt8.random(in: 0...255, using: &random) : signs[Int.random(in: 0..<signs.count, using: &random)]
            }
            if let sentence = refusal(bytes) {
                #expect(sentence.hasSuffix("."), "\(bytes)")
            } else {
                for row in try rows(bytes) where row.fault == nil {
                    #expect(AddressFault.of(row.address) == nil && !row.named.isEmpty)
                }
            }
        }
    }
}
