import Core
import Foundation
import Mail
import Rendering
import Storage
import TestSupport
import Testing

@testable import Web

@Suite struct ThePreviewOfAMail {
    private static let message = "Bring <b>it</b> on Thursday, see https://alder.example {{x}} {given_name} %s"

    /// The district, a school and their administrator have said all that they can say.
    private func dress(_ school: Schoolhouse) async throws {
        let ruth = try await school.visitor(signedInAs: Cast.ruth)
        for letter in MailLetter.allCases {
            for language in ["en", "es"] {
                let saved = try await ruth.post(
                    "/admin/mail/words/\(letter.rawValue)/\(language)",
                    [
                        "act": "\(ID<Act>.new(at: school.clock.now))", "base": "1",
                        "subject": "\(language): {given_name} & {school}",
                        "body":
                            "Dear {given_name} ({username}),\n\n{sender}, {district}: <i>till</i> {link_ends}.\n{{x}}",
                    ])
                #expect(saved.status == 303)
            }
        }
        for (place, name) in [("district", ""), ("\(Cast.alder)", "Alder Creek Office")] {
            let saved = try await ruth.post(
                "/admin/mail/senders/\(place)",
                [
                    "act": "\(ID<Act>.new(at: school.clock.now))", "base": "1", "name": name,
                    "reply-to": "office@\(name.isEmpty ? "district" : "alder").example",
                    "signature": "Office\nTel. 555",
                ])
            #expect(saved.status == 303)
        }
    }

    /// What the postman would hand over now, without what opens a door.
    private func sent(_ mail: SentMail, _ school: Schoolhouse) throws -> (MailMessage, text: String, html: String) {
        let composer = school.services.mailroom.composer
        let message = try #require(try composer.message(for: mail.mail, at: school.clock.now))
        guard let link = mail.mail.link else { throw Trouble("no link") }
        let code = try school.mailedCode(of: link.id)
        func blanked(_ text: String) -> String {
            text.replacing(mail.path, with: "/activate/…").replacing(code, with: "•••-•••-•••")
        }
        #expect(message.text.contains(mail.path) && message.html.contains(code))
        return (message, blanked(message.text), blanked(message.html))
    }

    private func expectSame(_ preview: PreviewedLetter, _ mail: SentMail, _ school: Schoolhouse) throws {
        let (message, text, html) = try sent(mail, school)
        #expect(preview.from == message.sender && preview.replyTo == message.replyTo)
        #expect(preview.to == message.recipient.description)
        #expect(preview.letter.subject == message.subject && preview.letter.language == message.language)
        #expect(preview.letter.text == text)
        #expect(preview.letter.html == html)
    }

    @Test(arguments: [false, true], ["en", "es"])
    func `is what is sent, byte for byte but for link and code`(isDressed: Bool, language: String) async throws {
        try await Schoolhouse.open { school in
            if isDressed { try await dress(school) }
            try await school.write { _ = try $0.execute("UPDATE account SET roster_language = \(language)") }
            let ada = SignedIn(
                id: Cast.ada.id, kind: .staff, name: "Ada Moss", username: "ada.moss", isAdministrator: false,
                place: "Alder Creek Elementary")
            let draft = MailDraft(.studentActivation, message: Self.message, from: ada)
            let preview = try #require(
                try await school.services.preview(draft, to: Cast.ben.id, at: school.clock.now))
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            let pressed = try await visitor.post(
                "/people/students/send",
                [
                    "act": "\(Cast.id(71) as ID<Act>)", "tracker": "\(Cast.class4B)", "additional": Self.message,
                ])
            #expect(pressed.status == 303)
            // Nobody undoes it.
            school.clock.advance(by: .seconds(10))
            let mails = try await school.emptyMailbox()
            let bens = try #require(mails.first { $0.mail.account == Cast.ben.id })
            try expectSame(preview, bens, school)
            #expect(bens.mail.own.sender.name == (isDressed ? "Alder Creek Office" : ""))
            #expect(preview.letter.subject.description.hasPrefix("\(language): Ben") == isDressed)
        }
    }

    @Test(arguments: [false, true])
    func `of the other letters is what is sent too`(isDressed: Bool) async throws {
        try await Schoolhouse.open { school in
            if isDressed { try await dress(school) }
            let ruth = SignedIn(
                id: Cast.ruth.id, kind: .staff, name: "Ruth Okoye", username: "ruth.okoye", isAdministrator: true,
                hasDistrict: true, place: "Alder Creek Elementary")
            func preview(_ letter: MailLetter, _ member: Member) async throws -> PreviewedLetter {
                let draft = MailDraft(letter, from: ruth)
                return try #require(try await school.services.preview(draft, to: member.id, at: school.clock.now))
            }
            let office = try await school.visitor(signedInAs: Cast.ruth)
            let staff = try await preview(.staffActivation, Cast.ian)
            #expect(
                try await office.post("/admin/staff/send", ["act": "\(Cast.id(71) as ID<Act>)"]).status == 303)
            school.clock.advance(by: .seconds(10))
            try expectSame(staff, try await school.only(\.isActivation), school)
            for (letter, member) in [(MailLetter.studentRenewal, Cast.cleo), (.staffRenewal, Cast.dov)] {
                let renewal = try await preview(letter, member)
                _ = try await school.visitor().post("/forgot-password", ["username": member.username])
                try expectSame(renewal, try await school.only(\.isRenewal), school)
            }
        }
    }

    @Test func `stands in the page as it is sent, in a frame without script`() async throws {
        try await Schoolhouse.open { school in
            try await dress(school)
            let visitor = try await school.visitor(signedInAs: Cast.ada)
            let page = try await visitor.post(
                "/people/students/send",
                [
                    "act": "\(Cast.id(71) as ID<Act>)", "tracker": "\(Cast.class4B)", "additional": Self.message,
                    "count": "again",
                ])
            #expect(page["content-security-policy"]?.hasSuffix("; style-src-attr 'unsafe-inline'") == true)
            #expect(page["content-security-policy"]?.contains("script-src 'self'") == true)
            let frames = page.body.matches(of: /<iframe class="[^"]*" sandbox title="[^"]*" srcdoc="([^"]*)">/)
            #expect(frames.count == 2)
            let ada = SignedIn(
                id: Cast.ada.id, kind: .staff, name: "Ada Moss", username: "ada.moss", isAdministrator: false,
                place: "Alder Creek Elementary")
            let draft = MailDraft(.studentActivation, message: Self.message, from: ada)
            let preview = try #require(
                try await school.services.preview(draft, to: Cast.ben.id, at: school.clock.now))
            for frame in frames { #expect(Self.unescaped(String(frame.output.1)) == preview.letter.html) }
            #expect(!page.body.contains("<b>it</b>"))
            // Nothing was sent by looking.
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 0)
        }
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    @Test func `is of nobody whom the teacher does not see`() async throws {
        try await Schoolhouse.open { school in
            let visitor = try await school.visitor(signedInAs: Cast.dov)
            let page = try await visitor.get("/people/students/send?tracker=\(Cast.class4B)")
            #expect(page.status == 200 && !page.body.contains("<iframe") && !page.body.contains("ben.ames"))
        }
    }
}

extension ClaimedMail {
    fileprivate var link: MailedLink? {
        switch content {
        case .activation(let link, _), .renewal(let link): link
        case .notice, .rosterNotice: nil
        }
    }
}
