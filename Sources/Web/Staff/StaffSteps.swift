import Core
import Rendering

/// What can be done for one member of staff: the next step, and what else there is.
struct StaffSteps {
    let next: StudentStep
    let others: [StudentStep]
    /// Keeping the person out; nil where that is not possible.
    let suspend: StudentStep?

    /// `here` is the page that one comes back to; `act` was made for this drawing of it.
    init(_ line: StaffLine, act: String, here: String, words: Words) {
        let isUnderWay = line.lastMail.map { [.queued, .sending, .inData, .deferred, .held].contains($0) } ?? false
        let maker = StepMaker(line: line, act: act, here: here, words: words)
        var steps: [StudentStep] = []
        switch line.state {
        case .pending:
            // Past a mailbox that may be the trouble.
            if line.isDisowned, line.canOpen { steps.append(maker.link) }
            if isUnderWay { steps.append(.wait(words("Goes by itself"))) }
            if line.address != nil, !isUnderWay { steps.append(maker.mail) }
            if line.canOpen, !line.isDisowned { steps.append(maker.link) }
            if steps.isEmpty { steps.append(.wait(words("Nothing to do"))) }
        case .active:
            if !line.isDisowned || !line.canReset { steps.append(.wait(words("Nothing to do"))) }
            if line.canReset { steps.append(maker.reset) }
        case .suspended:
            steps.append(line.lift == .you ? maker.revive : .wait(Self.why(line, words)))
        }
        suspend = line.canOpen && line.state != .suspended ? maker.suspend : nil
        next = steps[0]
        others = Array(steps.dropFirst())
    }

    private static func why(_ line: StaffLine, _ words: Words) -> String {
        switch line.suspendedFor {
        case .hand where line.lift == .district: words("Suspended by the district, which alone undoes it")
        case .disabled: words("The roster says: must not sign in")
        case .hand, nil: words("Suspended by an administrator")
        case .roster: words("Not on the roster any more")
        }
    }
}

/// The buttons and links about one person.
private struct StepMaker {
    let line: StaffLine
    let act: String
    let here: String
    let words: Words

    private var whom: String { words("for {name}", ["name": line.name]) }
    private var path: String { "\(StaffReturn.list)/\(line.id)" }

    var mail: StudentStep {
        form(
            "activation-email", line.lastMail == nil ? "send" : "again",
            line.lastMail == nil ? words("Send activation email") : words("Resend"))
    }
    var link: StudentStep { form("link", "key", words("Make a one-time link")) }
    var revive: StudentStep { form("revive", "again", words("Bring back")) }
    var reset: StudentStep { asking("reset", "again", words("Reset")) }
    var suspend: StudentStep { asking("suspend", "hold", words("Suspend")) }

    private func form(_ action: String, _ icon: String, _ label: String) -> StudentStep {
        StudentStep(
            form: StudentStep.Form(action: "\(path)/\(action)", act: act, icon: icon, label: label, whom: whom))
    }

    private func asking(_ page: String, _ icon: String, _ label: String) -> StudentStep {
        StudentStep(
            link: StudentStep.Link(
                href: StaffReturn.address("\(path)/\(page)", from: here), icon: icon, label: label, whom: whom))
    }
}
