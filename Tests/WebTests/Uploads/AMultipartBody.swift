import Foundation
import Glibc
import Testing

@testable import Web

@Suite struct AMultipartBody {
    /// The file that comes out of a body which arrives in parts of these sizes, over and over.
    private func file(in body: String, by sizes: [Int]) throws -> (content: String, name: String) {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        defer {
            close(descriptor)
            try? FileManager.default.removeItem(at: url)
        }
        var multipart = Multipart(boundary: "xyz", file: "file", fields: ["act"], descriptor: descriptor)
        var rest = Array(body.utf8)[...]
        var turn = 0
        while !rest.isEmpty {
            try multipart.take(rest.prefix(sizes[turn % sizes.count]))
            rest = rest.dropFirst(sizes[turn % sizes.count])
            turn += 1
        }
        let name = try multipart.finish().name
        return (try String(contentsOf: url, encoding: .utf8), name)
    }

    private func body(_ content: String, name: String = "roster.zip") -> String {
        "--xyz\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\n1\r\n--xyz\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n--xyz--\r\n"
    }

    @Test(arguments: ["PK and so on, longer than any boundary", "", "\r\n", "\r\n--xy almost \r\n--x", "\nx", "x--xyz"])
    func `gives the same file however it is cut on the way`(content: String) throws {
        for size in 1...120 {
            #expect(try file(in: body(content), by: [size]).content == content)
            #expect(try file(in: body(content), by: [size, 1, 1]).content == content)
        }
    }

    @Test func `leaves the folders of the visitor's machine out of the name`() throws {
        #expect(try file(in: body("x", name: "C:\\Users\\me\\roster.zip"), by: [999]).name == "roster.zip")
        #expect(try file(in: body("x", name: "../../etc/passwd"), by: [999]).name == "passwd")
        #expect(try file(in: body("x", name: ""), by: [999]).name == "roster")
    }

    @Test(arguments: [
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut off",
        "--xyz--\r\n", "", "--xyz\r\n\r\nx\r\n--xyz--\r\n", "no boundary at all",
        "--xyz\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--xyz--\r\n",
        "--xyz\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\n1\r\n--xyz\r\n"
            + "Content-Disposition: form-data; name=\"act\"\r\n\r\n2\r\n--xyz--\r\n",
        "--xyz\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\n1\u{0}2\r\n--xyz\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--xyz--\r\n",
    ])
    func `is refused where it is cut short, has no file, a field twice or a zero character in it`(body: String) {
        #expect(throws: BadForm.self) { try file(in: body, by: [7]) }
    }
}
