import Core
import Foundation
import TestSupport
import Testing

@testable import Mail
@testable import SMTP

/// A server over sockets that answers oddly at one step, and what becomes of the mail: its state, its next try, its attempts.
@Suite(.timeLimit(.minutes(5))) struct AFaultTable {
    /// What stands in the table.
    enum Fate: Character, Sendable {
        case accepted = "A"
        /// All mail waits for 30 seconds: this one is in the queue again, no attempt is charged, the administrator is told.
        case kept = "k"
        /// Charged, and tried again in 5 minutes.
        case deferred = "d"
        /// Charged, for good.
        case failed = "F"
        /// The same, and the address is marked bad.
        case bad = "X"
        /// Maybe sent: charged, and never tried again by itself.
        case unknown = "u"
    }

    private static let answers = [
        "250", "354", "421", "450", "451", "452", "454", "530", "535", "550", "552", "554", "garbage", "endless",
        "silence", "reset", "cut", "half",
    ]

    /// The fates in the order of `answers`; `-` where the answer is the good one. RSET is answered so after a mail that was
    /// refused, and a line that ended then is opened anew. Every step from MAIL on is tried with PIPELINING too.
    private static let table = """
                     250 354 421 450 451 452 454 530 535 550 552 554 garbage endless silence reset cut half
        greeting     k   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        EHLO         -   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        STARTTLS     k   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        EHLO2        -   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        AUTH         k   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        secret       k   k   k   k   k   k   k   k   k   k   k   k   k       k       k       k     k   k
        MAIL         -   k   k   k   k   k   k   k   k   k   F   k   k       k       k       k     k   k
        RCPT         -   k   k   d   d   d   k   k   k   X   F   F   k       k       d       d     d   d
        DATA         k   -   k   d   d   d   k   k   k   F   F   F   k       k       d       d     d   d
        body         -   u   k   d   d   d   k   k   k   F   F   F   u       u       u       u     u   u
        RSET         -   k   A   k   k   k   k   k   k   k   k   k   k       k       A       A     A   A
        QUIT         A   A   A   A   A   A   A   A   A   A   A   A   A       A       A       A     A   A
        """

    struct Row: Sendable, CustomStringConvertible {
        let step: String
        let fates: [Character]
        let isPipelined: Bool
        var description: String { isPipelined ? "\(step), pipelined" : step }
    }

    private static let rows: [Row] = table.split(separator: "\n").dropFirst().flatMap { line in
        let words = line.split(separator: " ")
        let (step, fates) = (String(words[0]), words.dropFirst().compactMap(\.first))
        let both = ["MAIL", "RCPT", "DATA", "body", "RSET"].contains(step)
        return (both ? [false, true] : [false]).map { Row(step: step, fates: fates, isPipelined: $0) }
    }

    private static func act(_ answer: String) -> String {
        switch answer {
        case "garbage": "text:Hello! ¿Qué?"
        case "endless", "silence", "reset", "cut", "half": answer
        default: "text:\(answer) \(answer == "550" ? "5.1.1 " : "")because"
        }
    }

    @Test(arguments: rows) func `gives a mail the fate that stands in it`(_ row: Row) async throws {
        #expect(row.fates.count == Self.answers.count)
        try await ScriptedMailServer.run { server async throws in
            try await Outbox.open { outbox in
                var number: UInt8 = 1
                for (answer, letter) in zip(Self.answers, row.fates) {
                    guard let fate = Fate(rawValue: letter) else { continue }
                    let stand = try await FaultStand(row, act: Self.act(answer), server, outbox)
                    number += 2
                    if row.step == "RSET" { try await stand.refuse(number - 1) }
                    try await stand.meets(fate, number, "\(row) \(answer)")
                }
            }
        }
    }
}
