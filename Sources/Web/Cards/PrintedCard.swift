import Core
import Foundation
import Rendering

/// One login card in its student's language.
struct PrintedCard: Sendable {
    let language: String
    let direction: String
    let name: String
    let steps: [String]
    let hasSteps: Bool
    /// For a student who needs no password: what to do instead.
    let message: String?
    let username: String
    /// Smaller type for a username that would not fit beside the password: empty, `long` or `longer`.
    let usernameSize: String
    let usernameLabel: String
    let passwordLabel: String
    let password: String?
    /// Stands where a password would: "You use your own password".
    let own: String?
    let address: String
    let ends: String
    let qrPath: String
    let qrSize: Int
    let qrLabel: String

    init(_ card: LoginCard, signIn: QRCode, visit: Visit) throws {
        let words = visit.house.catalogs.words(card.language)
        language = words.language
        direction = words.direction
        name = card.name
        username = card.username
        usernameSize = Self.size(of: card.username)
        usernameLabel = words("Username")
        address = visit.house.host
        qrLabel = words("QR code of {name}", ["name": card.name])
        guard let secret = card.secret else {
            (steps, hasSteps, password) = ([], false, nil)
            passwordLabel = words("Password")
            ends = words("No password is on this card")
            let isActive = card.state == .active
            message =
                isActive
                ? words("You are already in. Sign in as always. Forgot your password? Ask your teacher.")
                : words("Your account is resting. Ask your teacher.")
            own = isActive ? words("You use your own password") : words("Your account is resting")
            (qrPath, qrSize) = (signIn.path, signIn.size)
            return
        }
        steps = [
            words("Scan this, or open the address."), words("Type the two big lines."),
            words("Choose your own password."),
        ]
        hasSteps = true
        message = nil
        own = nil
        passwordLabel = words("Temporary password")
        password = secret.temporaryPassword.value
        ends = words("Works until {day}", ["day": words.day(secret.worksUntil.date, visit.zone)])
        let code = try QRCode(secret.link.value)
        (qrPath, qrSize) = (code.path, code.size)
    }

    /// A card is 86 mm wide inside: 25 characters of 16 points, 36 of 11.
    private static func size(of username: String) -> String {
        switch username.unicodeScalars.count {
        case ...25: ""
        case ...36: "long"
        default: "longer"
        }
    }
}
