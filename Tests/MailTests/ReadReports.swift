import Core
import Foundation
import Testing

@testable import Mail

@Suite struct ReadReports {
    @Test func `have each file in the table, and each line of the table a file`() throws {
        #expect(Bounces.table.map(\.file).sorted() == (try Bounces.files()))
    }

    @Test(arguments: Bounces.table.indices)
    func `say what the table says`(_ index: Int) throws {
        let (file, outcome, reason) = Bounces.table[index]
        let report = BounceReader(try Bounces.message(file)).report()
        switch outcome.replacing("!", with: "") {
        case "none": #expect(report == nil, "\(file)")
        case "delayed": #expect(report == .delayed, "\(file)")
        case "arrived": #expect(report == .arrived, "\(file)")
        default:
            guard case .failed(let kind, let said) = report else {
                Issue.record("\(file): \(String(describing: report))")
                return
            }
            #expect(kind.rawValue == outcome.replacing("!", with: ""), "\(file)")
            #expect(reason == nil || said == reason, "\(file)")
            #expect(said.map { $0.utf8.count <= 500 } != false)
        }
    }

    @Test(arguments: Bounces.table.indices)
    func `change a mail as the table says, and nothing where it is none of ours`(_ index: Int) async throws {
        let (file, outcome, _) = Bounces.table[index]
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            let before = (try await outbox.mail(2), try await outbox.facts(2))
            let fate = try await outbox.take(file, about: 2)
            let after = (try await outbox.mail(2), try await outbox.facts(2))
            switch outcome {
            case "address", "soft", "refused":
                #expect(fate == .noted(.bounced), "\(file)")
                #expect(after.0.state == .bounced && after.1.mail == .bounced, "\(file)")
                #expect(after.1.mailReason == after.0.reason)
                #expect(after.1.isBad == (outcome == "address"), "\(file)")
                #expect(after.1.link == nil, "what came back is no way in")
            default:
                let expected: BounceFate =
                    switch outcome {
                    case "none": .noReport
                    case "address!": .noted(.foreign)
                    default: .noted(.unchanged)
                    }
                #expect(fate == expected, "\(file)")
                #expect(before == after, "\(file)")
            }
        }
    }

    @Test func `end at 256 KiB, and at a hundred parts`() async throws {
        try await Outbox.open(returns: Outbox.returns) { outbox async throws in
            try await outbox.queue(2)
            await outbox.postman.workOff()
            let report = try Bounces.message("postfix-no-such-user", to: outbox.token(2))
            let huge = report + Array(repeating: UInt8(ascii: "x"), count: BounceIntake.limit)
            #expect(try await outbox.intake.take(huge) == .tooLarge)
            let text = String(decoding: report, as: UTF8.self)
            let open = try #require(text.range(of: "--4ZqK2a5Hh7"))
            let filler = String(repeating: "--4ZqK2a5Hh7.1788271530/mail.district.example\n\nx\n", count: 100)
            let late = text.replacingCharacters(in: open.lowerBound..<open.lowerBound, with: filler)
            #expect(try await outbox.intake.take(Array(late.utf8)) == .noReport)
            #expect(try await outbox.mail(2).state == .accepted)
            let last = text.replacing("\n\n--4ZqK2a5Hh7.1788271530/mail.district.example--", with: "\n\(filler)")
            #expect(try await outbox.intake.take(Array(last.utf8)) == .noted(.bounced))
        }
    }

    @Test func `end however deep parts lie in parts`() {
        var message = "Content-Type: multipart/mixed; boundary=b0\n\n"
        for depth in 1...2_000 { message += "--b\(depth - 1)\nContent-Type: multipart/mixed; boundary=b\(depth)\n\n" }
        #expect(BounceReader(Array(message.utf8)).report() == nil)
        // Every line a boundary, and every part one more multipart with the same.
        let same = String(repeating: "--b\nContent-Type: multipart/mixed; boundary=b\n\n", count: 5_000)
        #expect(BounceReader(Array("Content-Type: multipart/mixed; boundary=b\n\n\(same)".utf8)).report() == nil)
    }

    @Test func `give no status where there is only an IP address or a version`() {
        for text in ["host 5.1.1.7 said no", "v5.1.1a", "x5.1.1", "15.1.1", "5.1", "5..1", "5.1.", "5.1234.1", ""] {
            #expect(AddressStatus.first(in: text.utf8) == nil, "\(text)")
        }
        for text in ["5.1.1", "(#5.1.1)", "550-5.1.1 x", "5.1.1.", "<5.1.1>", "said: 5.1.1"] {
            #expect(AddressStatus.first(in: text.utf8) == "5.1.1", "\(text)")
        }
    }
}
