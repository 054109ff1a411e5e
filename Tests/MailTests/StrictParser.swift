import Foundation

/// Python's own email package, strict: what a mail program makes of our bytes.
enum StrictParser {
    struct Read: Decodable {
        let headers: [[String]]
        let text: String
        let html: String
        let types: [String]
        let defects: [String]
        let longestLine: Int
    }
    struct Refused: Error, CustomStringConvertible { let description: String }

    private static let script = """
        import base64, email, email.policy, json, sys
        mails = []
        for line in sys.stdin:
            raw = base64.b64decode(line)
            assert b"\\n" not in raw.replace(b"\\r\\n", b"") and b"\\r" not in raw.replace(b"\\r\\n", b"")
            mail = email.message_from_bytes(raw, policy=email.policy.SMTP.clone(raise_on_defect=True))
            defects = [str(each) for part in mail.walk() for each in part.defects]
            defects += [str(each) for part in mail.walk() for value in part.values() for each in value.defects]
            text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
            mails.append({
                "headers": [[name, str(value)] for name, value in mail.items()],
                "text": text.get_content().replace("\\r\\n", "\\n"),
                "html": html.get_content().replace("\\r\\n", "\\n"),
                "types": [part.get_content_type() for part in mail.walk()], "defects": defects,
                "longestLine": max(len(each) for each in raw.split(b"\\r\\n"))})
        print(json.dumps(mails))
        """

    /// The headers alone, of mails that need not be ours.
    private static let headersOnly = """
        import base64, email, email.policy, json, sys
        mails = [email.message_from_bytes(base64.b64decode(line), policy=email.policy.SMTP) for line in sys.stdin]
        print(json.dumps([[[name, str(value)] for name, value in mail.items()] for mail in mails]))
        """

    /// Reads all mails in one run. Throws with Python's words when one of them cannot be read.
    static func read(_ mails: [[UInt8]]) async throws -> [Read] { try run(script, mails) }

    /// Names and values of all headers, however odd the mails are.
    static func readHeaders(_ mails: [[UInt8]]) async throws -> [[[String]]] { try run(headersOnly, mails) }

    private static func run<Answer: Decodable>(_ script: String, _ mails: [[UInt8]]) throws -> [Answer] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = Data(mails.map { Data($0).base64EncodedString() + "\n" }.joined().utf8)
        Thread.detachNewThread {
            do {
                try input.fileHandleForWriting.write(contentsOf: lines)
                try input.fileHandleForWriting.close()
            } catch {
                // Python has ended already; its exit code tells why.
            }
        }
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refused(description: "python3 refused a mail") }
        return try JSONDecoder().decode([Answer].self, from: answer)
    }
}
