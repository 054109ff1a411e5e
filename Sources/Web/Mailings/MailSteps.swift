import Core
import Rendering

/// What can be done next for somebody of a mailing, by the fate of their mail.
struct MailSteps {
    let report: MailingReport
    let door: MailingDoor
    let visit: Visit

    private var words: Words { visit.words }

    func steps(for fate: MailFate, mint: inout IDMint) -> [StudentStep] {
        let act: ID<Act> = mint.next()
        if fate.isActive { return [.wait(words("Nothing to do"))] }
        switch fate.state {
        case .accepted:
            let patience = fate.at + StudentRow.patience
            guard visit.now < patience else { return [.wait(door.look(words))] }
            return [.wait(words("Wait until {weekday}", ["weekday": words.weekday(patience.date, visit.zone)]))]
        case .queued, .sending, .inData, .deferred: return [.wait(words("Goes by itself"))]
        case .held where fate.reason == MailReason.paused.rawValue: return [.wait(words("Waits for Resume"))]
        case .held: return [.wait(words("Ask your administrator"))]
        case .cancelled where fate.reason == MailReason.stopped.rawValue: return [door.sendAnew(fate, act, words)]
        case .cancelled where fate.reason == MailReason.noAddress.rawValue: return [door.otherWay(fate, act, words)]
        case .cancelled: return [.wait(words("Nothing to do"))]
        case .unknown: return [sendAgain(fate, act), door.otherWay(fate, act, words)]
        case .failed where isWrong(fate), .bounced where isWrong(fate):
            return [door.otherWay(fate, act, words)] + rightAddress(fate)
        case .bounced: return [door.otherWay(fate, act, words)]
        case .failed: return [sendAgain(fate, act), door.otherWay(fate, act, words)]
        }
    }

    private func isWrong(_ fate: MailFate) -> Bool {
        fate.isAddressBad || fate.reason == MailReason.badAddress.rawValue
    }

    /// The same mail once more, with the same link: a second copy does no harm.
    private func sendAgain(_ fate: MailFate, _ act: ID<Act>) -> StudentStep {
        StudentStep(
            form: StudentStep.Form(
                action: "/mailings/\(report.id)/mails/\(fate.id)/again", act: act.description, icon: "again",
                label: words("Send again"), whom: words("to {name}", ["name": fate.name])))
    }

    private func rightAddress(_ fate: MailFate) -> [StudentStep] {
        guard case .students(let students) = door else { return [] }
        guard report.mayCorrect else { return [.wait(words("Ask the office for the right address"))] }
        return [
            StudentStep(
                link: StudentStep.Link(
                    href: "\(students.list)/\(fate.student)/address", icon: "pen", label: words("Correct the address"),
                    whom: words("of {name}", ["name": fate.name])))
        ]
    }
}

extension MailingDoor {
    /// A mail of its own for somebody whose mail was cancelled.
    fileprivate func sendAnew(_ fate: MailFate, _ act: ID<Act>, _ words: Words) -> StudentStep {
        let label =
            self == .staff ? words("Send activation email") : words("Send Student Activation Email")
        return StudentStep(
            form: StudentStep.Form(
                action: "\(list)/\(fate.student)/activation-email", act: act.description, icon: "send", label: label,
                whom: words("to {name}", ["name": fate.name])))
    }
}
