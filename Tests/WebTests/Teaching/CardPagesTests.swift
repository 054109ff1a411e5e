import Core
import Foundation
import Rendering
import Testing

@testable import Web

@Suite struct ACardSheetsPage {
    let room: Homeroom
    init() throws { room = try Homeroom(path: "/card-sheets/x") }

    func page(_ groups: [CardGroup], size: CardSize = .usual) throws -> String {
        try room.draw(CardSheetPage(sheet: room.sheet(groups), size: size, visit: room.visit))
    }

    func group(_ cards: [LoginCard], elsewhere: [CardGroup.Elsewhere] = []) -> CardGroup {
        CardGroup(tracker: "Homeroom 4B", school: "Alder Creek Elementary", cards: cards, elsewhere: elsewhere)
    }

    @Test func `has on each card what a child needs`() throws {
        let html = try page([group([room.card("Ada Okonkwo-Reyes", password: "kitten-button-honey-4")])])
        let text = Homeroom.text(html)
        for words in [
            "Ada Okonkwo-Reyes", "Scan this, or open the address.", "Username adaokonkworeyes",
            "Temporary password kitten-button-honey-4", "bell.junipervalley.example", "Works until October 2",
            "Sheet 18: 1 card", "These words open accounts.",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(html.contains("aria-label=\"QR code of Ada Okonkwo-Reyes\""))
        #expect(html.contains("data-prints"))
        #expect(!html.contains("/activate/"), "the link stands in the QR code only")
        #expect(html.hasSuffix("</html>\n"))
    }

    @Test func `puts no password on an active student's card`() throws {
        let html = try page([group([room.card("Theo", password: nil, state: .active)])])
        let text = Homeroom.text(html)
        #expect(text.contains("You use your own password"))
        #expect(text.contains("No password is on this card"))
        #expect(!text.contains("Temporary password"))
    }

    @Test func `speaks each student's language on the card`() throws {
        let card = room.card("Sofía", password: "mesa-barco-verde-4", language: "es")
        let html = try page([group([card])])
        #expect(html.contains("lang=\"es\" dir=\"ltr\""))
        #expect(Homeroom.text(html).contains("Sirve hasta el 2 de octubre"))
        #expect(Homeroom.text(html).contains("Student Usernames/Passwords"))
    }

    @Test func `points to a card that stands under another tracker`() throws {
        let text = Homeroom.text(try page([group([], elsewhere: [.init(name: "Cleo", under: "4B")])]))
        #expect(text.contains("Cleo: card under 4B"))
    }

    @Test func `comes in pieces, one a tracker`() throws {
        let groups = [group([room.card("Ada", password: "a-b-c-2")]), group([room.card("Ben", password: "d-e-f-3")])]
        let page = CardSheetPage(sheet: room.sheet(groups), size: .large, visit: room.visit)
        #expect(page.count == 4)
        let second = try page.piece(2, by: room.renderer)
        #expect(second.contains("Ben") && !second.contains("Ada"))
        #expect(second.contains("sheet-large"))
    }

    @Test func `writes a long username smaller, so that the password stays on the card`() throws {
        let long = room.card(String(repeating: "bartholomew", count: 6), password: "a-b-c-2")
        #expect(try page([group([long])]).contains("class=\"longer\""))
    }

    @Test func `that has run out offers to print anew`() throws {
        let html = try room.draw(CardSheetExpiredPage(number: 18, at: .people, visit: room.visit))
        #expect(Homeroom.text(html).contains("Sheet 18 is no longer shown"))
        #expect(html.contains("href=\"/people/students/print\""))
    }

    @Test func `is asked for with trackers, who of them, and how`() throws {
        let html = try room.draw(
            PrintPage(
                .people,
                groups: GroupChoice(
                    .init(allTrackers: true), trackers: [room.tracker(room.homeroom, StateCounts([.noAddress: 2]))],
                    everybody: 2, room.visit.words), only: .need, act: Homeroom.id(9), visit: room.visit))
        #expect(html.contains("method=\"post\" action=\"/card-sheets\""))
        #expect(html.contains("value=\"need\" checked"))
        #expect(Homeroom.text(html).contains("Repeat cards"))
    }
}

@Suite struct AQRCode {
    @Test func `is one path inside a quiet zone of four modules`() throws {
        let code = try QRCode("https://bell.junipervalley.example/sign-in")
        #expect((code.size - 8 - 17).isMultiple(of: 4))
        // The finder in the upper left corner: seven dark modules, from the quiet zone on.
        #expect(code.path.hasPrefix("M4 4h7v1h-7z"))
        #expect(code.path.allSatisfy { "Mhvz- 0123456789".contains($0) })
    }

    @Test func `refuses what fits none`() {
        #expect(throws: QRCode.TooLong.self) { try QRCode(String(repeating: "x", count: 4_000)) }
    }
}
