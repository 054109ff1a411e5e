package import Core
package import Rendering

/// A whole card sheet in pieces, so that ten thousand cards can leave one tracker at a time.
package struct CardSheetPage: Sendable {
    private let sheet: CardSheet
    private let size: CardSize
    private let visit: Visit

    private var door: StudentDoor { StudentDoor(forSchools: sheet.forSchools) }

    package init(sheet: CardSheet, size: CardSize, visit: Visit) {
        self.sheet = sheet
        self.size = size
        self.visit = visit
    }

    /// How many pieces there are: the head, each group, the foot.
    package var count: Int { sheet.groups.count + 2 }

    /// The HTML of one piece, from 0. Throws as `Renderer.render` and `CardSheetGroup` do.
    package func piece(_ index: Int, by renderer: Renderer) throws -> String {
        switch index {
        case 0:
            let cards = sheet.groups.reduce(0) { $0 + $1.cards.count }
            let head = CardSheetHead(
                sheet: sheet.id, number: sheet.number, cards: cards, isSingle: sheet.isSingle, at: door, size: size,
                visit: visit)
            return try renderer.render(head, words: visit.words)
        case count - 1: return try renderer.render(CardSheetFoot(at: door, visit: visit), words: visit.words)
        default:
            let group = try CardSheetGroup(
                sheet.groups[index - 1], number: sheet.number, madeAt: sheet.madeAt, size: size, visit: visit)
            return try renderer.render(group, words: visit.words)
        }
    }
}
