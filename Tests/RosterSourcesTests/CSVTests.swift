import Core
import Testing

@testable import RosterSources

@Suite struct ATableOfValues {
    @Test(arguments: ["\r\n", "\n", "\r"], [1, 2, 3, 64]) func `has the same rows with every line end`(
        lineEnd: String, piece: Int
    ) throws {
        let text = ["a,b", "1,\"x, \"\"y\"\"\"", "", "2,", "\"two\(lineEnd)lines\",3", "last,row"].joined(
            separator: lineEnd)
        let table = try read(text, piece: piece)
        #expect(table.rows == [["a", "b"], ["1", "x, \"y\""], ["2", ""], ["two\nlines", "3"], ["last", "row"]])
        #expect(table.lines == [1, 2, 4, 5, 7])
    }

    @Test func `may end with or without a line end`() throws {
        #expect(try read("a,b\n1,2").rows == [["a", "b"], ["1", "2"]])
        #expect(try read("a,b\n1,2\n\n\r\n").rows == [["a", "b"], ["1", "2"]])
        #expect(try read("a,b\n1,\"2\"").rows == [["a", "b"], ["1", "2"]])
        #expect(try read("a,\n1,").rows == [["a", ""], ["1", ""]])
    }

    @Test func `skips rows in which nothing stands`() throws {
        #expect(try read("a,b\n,,,\n\"\",\"\"\n1,2").rows == [["a", "b"], ["1", "2"]])
    }

    @Test func `keeps a quotation mark that stands inside a plain value`() throws {
        #expect(try read("5\" pipe,Robert \"Bob\" Smith").rows == [["5\" pipe", "Robert \"Bob\" Smith"]])
    }

    @Test func `loses one row when a quoted value goes on behind its quotes`() throws {
        let table = try read("a\n\"Robert \"Bob\" Smith\"\nnext")
        #expect(table.faults == [nil, .strayQuote, nil])
        #expect(table.rows.last == ["next"])
    }

    @Test func `is refused with the line where an unclosed quotation mark began`() throws {
        for text in ["a,b\n1,2\n3,\"4\n5,6\n", "a,b\n1,2\n3,\"4\n5,\"6\"\n", "a,b\n1,2\n\"3,4"] {
            let refusal = #expect(throws: RosterRefused.self) { try read(text) }
            #expect(refusal?.value == "3")
            #expect(refusal?.place == RosterPlace(file: "users.csv", line: 3))
        }
    }

    @Test func `loses one row to a value of a million characters`() throws {
        let million = String(repeating: "x", count: 1_000_000)
        for value in [million, "\"\(million)\""] {
            let table = try read("a,b\n1,\(value)\n2,3", piece: 1 << 16)
            #expect(table.faults == [nil, .tooLong, nil])
            #expect(table.rows.last == ["2", "3"])
        }
    }

    @Test func `says of a value that is too long and has a stray quotation mark that it is too long`() throws {
        let value = "\"\(String(repeating: "x", count: 70_000))\"y"
        for piece in [7, 1 << 16, 1 << 18] {
            #expect(try read("a,b\n1,\(value)\n2,3", piece: piece).faults == [nil, .tooLong, nil])
        }
    }

    @Test func `is refused when a quotation mark swallows the rows behind it`() throws {
        let lines = String(repeating: "1,2\n", count: 100_000)
        let refusal = #expect(throws: RosterRefused.self) { try read("a,b\n\"1,2\n\(lines)", piece: 1 << 16) }
        #expect(refusal?.place?.line == 2)
    }

    @Test func `loses a row with too many values`() throws {
        let table = try read("a\n\(String(repeating: ",", count: 5_000))x\nb")
        #expect(table.faults == [nil, .tooLong, nil])
    }

    @Test func `may be separated by something else`() throws {
        let reader = CSVReader(PiecemealBytes(Array("a;b\n1,5;2".utf8)), file: "x.csv", delimiter: UInt8(ascii: ";"))
        #expect(try reader.next())
        #expect(try reader.next())
        #expect(reader.text(0) == "1,5")
    }

    private struct Table {
        var rows: [[String]] = []
        var lines: [Int] = []
        var faults: [CSVFault?] = []
    }

    @discardableResult private func read(_ text: String, piece: Int = 5) throws -> Table {
        let reader = CSVReader(PiecemealBytes(Array(text.utf8), piece: piece), file: "users.csv")
        var table = Table()
        while try reader.next() {
            table.rows.append((0..<reader.count).map(reader.text))
            table.lines.append(reader.line)
            table.faults.append(reader.fault)
        }
        return table
    }
}
