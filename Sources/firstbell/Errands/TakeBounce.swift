import Core
import Foundation
import Mail

/// Takes in one message that came to a return address.
struct TakeBounce: Errand {
    static let name = "take-bounce"
    var message: Data
    /// The address to which it came, where the mail server names it.
    var recipient: String?

    func run(in installation: Installation, report: @escaping @Sendable (ErrandReport) -> Void) async throws {
        guard try BounceSettings(installation.settings) != nil else {
            throw Refusal("FIRSTBELL_BOUNCE_ADDRESS is not set, so nothing comes back.")
        }
        let fate = try await installation.bounceIntake.take(
            Array(message), BounceIntake.Envelope(recipient: recipient))
        report(.line(fate.inWords))
        report(.values(["fate": "\(fate)"]))
    }
}

extension Installation {
    /// The one way in for whatever came back.
    var bounceIntake: BounceIntake { BounceIntake(database: database, keyring: keyring, clock: clock) }
}

extension BounceFate {
    /// For whoever runs the command by hand.
    fileprivate var inWords: String {
        switch self {
        case .noted(.bounced): "The mail came back. Its student's row says so."
        case .noted(.settled): "The mail that was maybe sent has been taken by a mail server."
        case .noted(.unchanged): "This says nothing new of its mail. Nothing was changed."
        case .noted(.foreign): "It carries no return address that FirstBell has made. Nothing was changed."
        case .noReport: "This is no report that a mail failed. Nothing was changed."
        case .tooLarge: "It is larger than 256 KiB. Nothing was changed."
        }
    }
}
