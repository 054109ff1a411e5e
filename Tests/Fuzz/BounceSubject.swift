import Core
import Foundation
import Mail
import RosterSources

/// The way from a message that came back to what it reports.
struct BounceSubject: FuzzSubject {
    private static let pieces: [[UInt8]] =
        [
            "--", "\r\n\r\n", "\n\n", "\n ", "boundary=", "boundary=\"\"",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
            "Content-Type: message/delivery-status\n\n", "Action: failed\n", "Action: delayed\n", "Status: 5.1.1\n",
            "Status: 4.0.0\n", "Diagnostic-Code: smtp; 550 no\n", "Content-Transfer-Encoding: base64\n",
            "Content-Transfer-Encoding: quoted-printable\n", "=3D", "=\n", ";", ":", "\"", "\\", "5.1.1", "550 ", "<",
            ">",
            "this is the qmail-send program", "Auto-Submitted: auto-replied\n",
            "To: bounces+aaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa@mail.example\n", "aaaaaaaaaaaaaaaaaaaaaaaaaa.",
            "é",
        ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0x80], [13], [10]]

    func seeds(in corpus: URL) throws -> [[UInt8]] {
        let reports = corpus.deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "MailTests/Reports")
        return try files(in: corpus.appending(path: "bounce")).map(\.bytes) + files(in: reports).map(\.bytes)
    }

    func mutated(_ input: [UInt8], with others: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Damage.on(input, with: others, most: 6_000, &random)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(contentsOf: Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)], at: place)
        }
        return bytes
    }

    mutating func run(_ input: [UInt8], _ random: inout SplitMix64) throws -> Int {
        let reader = BounceReader(input)
        let (report, tokens) = (reader.report(), reader.tokens)
        // Whoever sends can say everything but that it came from nobody: then less must not be believed.
        if reader.report(isFromNobody: false) != nil, reader.report(isFromNobody: true) == nil {
            throw BrokenWord(what: "a report from nobody is believed less than one from somebody")
        }
        var hasher = Hasher()
        switch report {
        case nil: hasher.combine(0)
        case .delayed: hasher.combine(1)
        case .arrived: hasher.combine(2)
        case .failed(let kind, let reason):
            hasher.combine(kind)
            hasher.combine(min((reason?.utf8.count ?? -1) / 20, 4))
            guard let reason else { break }
            guard reason.utf8.count <= 500, !reason.isEmpty else {
                throw BrokenWord(what: "a reason of no good length")
            }
            for scalar in reason.unicodeScalars where scalar.value < 32 || (127..<160).contains(scalar.value) {
                throw BrokenWord(what: "a reason with a control character")
            }
        }
        for token in tokens where ReturnToken.all(in: "x+\(token)@y") != [token] {
            throw BrokenWord(what: "a token that is not found again")
        }
        hasher.combine(min(tokens.count, 3))
        return hasher.finalize()
    }
}
