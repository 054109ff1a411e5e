import Core
import Foundation
import Rendering

/// One student on the board.
struct StudentRow: Sendable {
    let id: String
    let name: String
    let href: String
    let username: String
    let mark: StateMark
    /// Where to look after somebody who said "This was not me".
    let flag: StudentStep.Link?
    let address: BrokenAddress?
    /// What to do about an address at which nothing arrives.
    let badAddress: String?
    /// The trackers that a teacher has the student in, or the student's schools and grade.
    let places: String
    let lastMail: String?
    let mailNote: String?
    let lastCard: String?
    let cardNote: String?
    let next: StudentStep
    let menu: [StudentStep]

    /// After this long without a sign-in a mail is worth a second one.
    static let patience = Span.days(2)

    init(_ line: StudentLine, door: StudentDoor = .people, mint: inout IDMint, visit: Visit) {
        let words = visit.words
        let mail: ID<Act> = mint.next()
        let card: ID<Act> = mint.next()
        let unlock: ID<Act> = mint.next()
        id = line.id.description
        name = line.name
        href = "\(door.list)/\(line.id)"
        username = line.username
        mark = StateMark(line.state, words)
        flag = StudentStep.flag(line, words, door)
        address = line.address.map(BrokenAddress.init)
        badAddress = line.isAddressBad ? door.aboutBadAddress(words) : nil
        places = line.places(words)
        lastMail = line.lastMailAt.map { words.moment($0.date, visit.zone) }
        mailNote = line.mailNote(visit)
        lastCard = line.lastCardAt.map { words.shortDay($0.date, visit.zone) }
        cardNote = line.cardNote(visit)
        let send = StudentStep.send(line, mail, words, door)
        let print = StudentStep.print(line.id, named: line.name, card, words, door)
        let lift = StudentStep.unlock(line, unlock, words, door)
        let reset = StudentStep.reset(line, words, door)
        next = Self.next(line, send: send, print: print, unlock: lift, reset: reset, visit)
        menu = Self.menu(line, send: send, print: print, unlock: lift, reset: reset, words)
    }

    private static func next(
        _ line: StudentLine, send: StudentStep, print: StudentStep, unlock: StudentStep, reset: StudentStep,
        _ visit: Visit
    ) -> StudentStep {
        let words = visit.words
        switch line.state {
        case .bounced, .failed, .noAddress, .maybe: return print
        case .notMailed: return send
        case .ranOut: return line.address == nil ? print : send
        case .locked: return unlock
        case .sending: return .wait(words("Goes by itself"))
        case .printed: return .wait(words("Hand out the card"))
        case .handed: return .wait(words("Wait for the sign-in"))
        case .active: return reset
        case .suspended, .archived: return .wait(words("Nothing to do"))
        case .mailed:
            guard let mailedAt = line.lastMailAt, visit.now < mailedAt + patience else { return send }
            return .wait(
                words("Wait until {weekday}", ["weekday": words.weekday((mailedAt + patience).date, visit.zone)]))
        }
    }

    private static func menu(
        _ line: StudentLine, send: StudentStep, print: StudentStep, unlock: StudentStep, reset: StudentStep,
        _ words: Words
    ) -> [StudentStep] {
        switch line.state {
        case .active:
            let why = words("is already active")
            return [.noMail(because: why, words), .noCard(because: why, words), reset]
        case .suspended, .archived:
            let why = words("is no longer on the roster")
            return [.noMail(because: why, words), .noCard(because: why, words)]
        case .sending: return [.noMail(because: words("has a mail on its way"), words), print]
        case .locked:
            return [unlock, line.address == nil ? .noMail(because: words("has no address"), words) : send, print]
        default: return [line.address == nil ? .noMail(because: words("has no address"), words) : send, print]
        }
    }
}

extension StudentLine {
    fileprivate func places(_ words: Words) -> String {
        let names = trackers.map(\.name) + schools + (grade.map { [words("Grade {grade}", ["grade": $0])] } ?? [])
        return names.joined(separator: words(", "))
    }

    /// What to know of the last mail: why it failed, or until when its link works.
    fileprivate func mailNote(_ visit: Visit) -> String? {
        if let lastMailReason { return MailReasonText.text(lastMailReason, visit.words) }
        guard state == .mailed, let waitsUntil else { return nil }
        return visit.words("works until {day}", ["day": visit.words.shortDay(waitsUntil.date, visit.zone)])
    }

    fileprivate func cardNote(_ visit: Visit) -> String? {
        guard state == .printed || state == .handed, let waitsUntil else { return nil }
        return visit.words("works until {day}", ["day": visit.words.shortDay(waitsUntil.date, visit.zone)])
    }
}
