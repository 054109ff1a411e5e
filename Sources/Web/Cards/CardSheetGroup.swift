package import Core
import Foundation
import Rendering

/// The cards of one tracker, on pages of their own.
package struct CardSheetGroup: Page {
    package static let template = "cards/sheet-group"

    let tracker: String
    let about: String
    let isLarge: Bool
    let cards: [PrintedCard]
    let hasCards: Bool
    let elsewhere: [String]
    let hasElsewhere: Bool
    let icons: String

    /// Throws `QRCode.TooLong` for a link that fits no QR code.
    package init(_ group: CardGroup, number: Int, madeAt: Timestamp, size: CardSize, visit: Visit) throws {
        let words = visit.words
        tracker = group.tracker.isEmpty ? words("No tracker") : group.tracker
        about = [
            group.school, words("sheet {sheet}", ["sheet": "\(number)"]),
            words.plural("{count} card", "{count} cards", group.cards.count), words.day(madeAt.date, visit.zone),
        ].filter { !$0.isEmpty }.joined(separator: " · ")
        isLarge = size == .large
        let signIn = try QRCode("\(visit.house.publicURL)/sign-in")
        cards = try group.cards.map { try PrintedCard($0, signIn: signIn, visit: visit) }
        hasCards = !cards.isEmpty
        elsewhere = group.elsewhere.map { student in
            words("{name}: card under {tracker}", ["name": student.name, "tracker": student.under])
        }
        hasElsewhere = !elsewhere.isEmpty
        icons = visit.house.assets.address("icons.svg")
    }
}
