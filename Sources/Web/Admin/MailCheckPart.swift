import Mail
import Rendering

/// Check the mail server: the button, and what was found when it was pressed.
struct MailCheckPart {
    struct Step {
        let sentence: String
        let style: String
        let icon: String
        /// The mail server's own words, where something is wrong.
        let reply: String?
    }
    let steps: [Step]
    let hasSteps: Bool

    init(_ checkup: ServerCheckup?, sender: MailAddress?, _ words: Words) {
        let address = sender?.description ?? ""
        let good = (checkup?.passed ?? []).map { step in
            Step(
                sentence: Self.good(step, checkup?.encryption ?? "TLS", address, words), style: "is-active",
                icon: "active", reply: nil)
        }
        let bad = checkup?.ended.map { end in
            Step(
                sentence: Self.bad(end.step, address, words), style: "is-bounced", icon: "warn",
                reply: end.reply.description)
        }
        steps = good + (bad.map { [$0] } ?? [])
        hasSteps = !steps.isEmpty
    }

    private static func good(
        _ step: ServerCheckup.Step, _ encryption: String, _ address: String, _ words: Words
    ) -> String {
        switch step {
        case .connection: words("Somebody answers at its address.")
        case .greeting: words("It is a mail server.")
        case .encryption:
            words("The line is encrypted with {kind}, and the certificate is the mail server's.", ["kind": encryption])
        case .signIn: words("It takes our user and password.")
        case .sender: words("It takes mail from {address}.", ["address": address])
        }
    }

    private static func bad(_ step: ServerCheckup.Step, _ address: String, _ words: Words) -> String {
        switch step {
        case .connection: words("Nobody answers at its address.")
        case .greeting: words("It does not greet us as a mail server does.")
        case .encryption: words("Nobody can trust the line: it is not encrypted, or the certificate is another's.")
        case .signIn: words("It does not take our user and password.")
        case .sender: words("It takes no mail from {address}.", ["address": address])
        }
    }
}
