import Core
import Foundation
import Rendering
import Testing

@testable import Mail

@Suite struct NoticesOfRosters {
    private let link = "https://bell.district.example/admin/roster-syncs/0192"
    private let refusal = RosterRefused(reason: "This file is empty. Export the roster again.")

    private func mail(_ event: RosterNotice.Event, schools: [String] = ["Alder", "<Birch>", "Cedar"])
        -> RosterNoticeMail
    {
        RosterNoticeMail(
            notice: RosterNotice(
                event: event, plan: Outbox.id(9), fileName: "roster <1>.zip",
                madeAt: Timestamp(milliseconds: 1_789_560_000_000), schools: schools, schoolCount: 5,
                refusal: event == .refused ? refusal : nil),
            givenName: "Ruth", username: "ruth", link: Redacted(link),
            sender: LetterSender(name: "Juniper Valley", place: ""))
    }

    @Test func `say which schools wait and where to look`() throws {
        let renderer = try Renderer(templateFolders: [try #require(MailTemplates.folder)])
        let letter = try mail(.held).letter(.english, .gmt, renderer)
        #expect(letter.subject.description == "5 schools of a roster wait for you")
        #expect(letter.text.contains("Alder, <Birch>, Cedar and 2 others") && letter.text.contains(link))
        #expect(letter.text.contains("Everything else goes on."))
        let refused = try mail(.refused).letter(.english, .gmt, renderer)
        #expect(refused.text.contains("so nothing was changed. This file is empty. Export the roster again."))
    }

    @Test(arguments: RosterNotice.Event.allCases, ["en", "es", "ar-XB"])
    func `are whole in every language`(_ event: RosterNotice.Event, _ language: String) throws {
        let words = try Catalogs.ours().withPseudoLanguage().words(language)
        let renderer = try Renderer(templateFolders: [try #require(MailTemplates.folder)])
        let letter = try mail(event).letter(words, .gmt, renderer)
        #expect(!letter.text.contains("{") && !letter.html.contains("{"))
        #expect(!letter.html.contains("<Birch>") && !letter.html.contains("<1>"))
        #expect(letter.html.contains("href=\"\(link)\""))
    }
}
