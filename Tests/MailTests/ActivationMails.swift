import Core
import Foundation
import Rendering
import Testing

@testable import Mail

@Suite struct ActivationMails {
    private let link = "https://bell.district.example/activate/k7Qd2mWx9TfR4bYhN0aVzQ"
    private let zone = TimeZone(identifier: "America/Chicago") ?? .gmt

    private func mail(
        name: String = "Jean-Luc", message: String = "Bring your tablet!\n<b>Really</b> {{name}} %s",
        code: LetterCode? = nil, own: MailText? = nil, signature: [String] = []
    ) -> ActivationMail {
        ActivationMail(
            givenName: name, username: "jberanger", link: Redacted(link), code: code,
            worksUntil: Timestamp(milliseconds: 1_789_560_000_000),
            sender: LetterSender(name: "Ana Beltrán", place: "Alder Creek Elementary", signature: signature),
            message: message,
            own: own.map { DistrictText($0, school: "Alder Creek Elementary", district: "Juniper Valley") })
    }

    private func renderer() throws -> Renderer { try Renderer(templateFolders: [try #require(MailTemplates.folder)]) }

    @Test func `say in plain text what a child needs`() throws {
        let letter = try mail(message: "Bring your tablet!").letter(.english, zone, renderer())
        #expect(letter.subject.description == "Jean-Luc, your school account is ready")
        #expect(
            letter.text == """
                Hello Jean-Luc,

                Your school account at FirstBell is ready. Open this address and choose your own password:

                \(link)

                Bring your tablet!

                Your username is jberanger. The address works until September 16.

                Did you not expect this mail? Show it to a grown-up or to your teacher.

                Ana Beltrán
                Alder Creek Elementary

                """)
    }

    @Test func `leave no gap without an Additional Message`() throws {
        let letter = try mail(message: "").letter(.english, zone, renderer())
        #expect(!letter.text.contains("\n\n\n"))
        #expect(!letter.html.contains("<p style=\"margin:0 0 20px;\">"))
    }

    @Test func `say in HTML the same, with nothing from elsewhere`() throws {
        let html = try mail().letter(.english, zone, renderer()).html
        #expect(html.contains("<html lang=\"en\" dir=\"ltr\">"))
        #expect(html.contains("href=\"\(link)\""))
        #expect(html.contains("<span dir=\"ltr\" style=\"color:#1a2420;word-break:break-all;\">\(link)</span>"))
        #expect(html.contains(">jberanger</strong>. The button works until September 16."))
        #expect(html.ranges(of: "http").count == 2)
        #expect(!html.contains("<img") && !html.contains("url(") && !html.contains("<script"))
        #expect(html.utf8.count < 20_000)
    }

    @Test func `show the Additional Message as it was written`() throws {
        let letter = try mail().letter(.english, zone, renderer())
        #expect(letter.text.contains("Bring your tablet!\n<b>Really</b> {{name}} %s"))
        #expect(letter.html.contains("Bring your tablet!<br>\n&lt;b&gt;Really&lt;/b&gt; {{name}} %s"))
    }

    @Test func `make no link of an address in the Additional Message`() throws {
        let letter = try mail(message: "See https://elsewhere.example or ask office@school.example.")
            .letter(.english, zone, renderer())
        #expect(letter.text.contains("See https://elsewhere.example or ask office@school.example."))
        // What is read and copied is the same; no piece of it looks like an address.
        #expect(
            letter.html.contains(
                "See https<span>:</span>//elsewhere<span>.</span>example or ask office<span>@</span>school<span>.</span>"
                    + "example.</p>"))
        #expect(letter.html.contains("<meta name=\"format-detection\" content=\"telephone=no"))
        #expect(letter.html.ranges(of: "<a ").count == 1)
    }

    @Test func `are in the student's language`() throws {
        let words = try Catalogs.ours().words("es")
        let letter = try mail().letter(words, zone, renderer())
        #expect(letter.language == "es")
        #expect(letter.subject.description == "Jean-Luc, tu cuenta del colegio está lista")
        #expect(
            letter.text.contains("El nombre de usuario es jberanger. La dirección funciona hasta el 16 de septiembre."))
        #expect(letter.html.contains("<html lang=\"es\" dir=\"ltr\">"))
    }

    @Test func `are whole in a language that is read from the right`() throws {
        let words = try Catalogs.ours().withPseudoLanguage().words("ar-XB")
        let letter = try mail().letter(words, zone, renderer())
        #expect(letter.html.contains("dir=\"rtl\""))
        #expect(letter.text.contains("jberanger"))
        #expect(!letter.text.contains("{username}"))
    }

    @Test func `take names that look like placeholders and tags`() throws {
        let letter = try mail(name: "{username}<i>").letter(.english, zone, renderer())
        #expect(letter.text.hasPrefix("Hello {username}<i>,"))
        #expect(letter.html.contains("Hello {username}&lt;i&gt;,"))
    }

    @Test func `of staff speak to staff`() throws {
        let mail = ActivationMail(
            kind: .staff, givenName: "Ruth", username: "rkowalczyk", link: Redacted(link),
            worksUntil: Timestamp(milliseconds: 0),
            sender: LetterSender(name: "Ana Beltrán", place: "Juniper Valley"), message: "")
        let letter = try mail.letter(.english, zone, renderer())
        #expect(letter.subject.description == "Ruth, your staff account is ready")
        #expect(letter.text.contains("tell the school office"))
        #expect(letter.text.contains(link))
    }

    @Test func `have a code beside the link, for mail programs that break links`() throws {
        let code = LetterCode(text: Redacted("K7P-2XM-H4J"), address: "https://bell.district.example/sign-in")
        let letter = try mail(message: "", code: code).letter(.english, zone, renderer())
        #expect(
            letter.text.contains(
                """
                The address works until September 16.

                Does the address not open? Go to https://bell.district.example/sign-in and sign in with your username. \
                Type this code as the password:
                K7P-2XM-H4J

                Did you not expect this mail?
                """))
        #expect(letter.html.contains("https://bell.district.example/sign-in and sign in with your username"))
        #expect(letter.html.contains(">K7P-2XM-H4J</strong>"))
        #expect(letter.html.ranges(of: "<a ").count == 1)
    }

    @Test func `say what the district wants, with button, address, code and caution around it`() throws {
        let own = try MailText(
            typedSubject: "{sender}: {given_name} & {school}",
            typedBody: "Dear {given_name},\r\n\r\n<b>{{username}}</b> is {username}\nuntil {link_ends}.\n\n{district}")
        let code = LetterCode(text: Redacted("K7P-2XM-H4J"), address: "https://bell.district.example/sign-in")
        let letter = try mail(name: "{username}", message: "Hi", code: code, own: own).letter(
            .english, zone, renderer())
        #expect(letter.subject.description == "Ana Beltrán: {username} & Alder Creek Elementary")
        #expect(
            letter.text == """
                Dear {username},

                <b>{{username}}</b> is jberanger
                until September 16.

                Juniper Valley

                Choose my password:

                \(link)

                Hi

                Your username is jberanger. The address works until September 16.

                Does the address not open? Go to https://bell.district.example/sign-in and sign in with your username. \
                Type this code as the password:
                K7P-2XM-H4J

                Did you not expect this mail? Show it to a grown-up or to your teacher.

                Ana Beltrán
                Alder Creek Elementary

                """)
        #expect(
            letter.html.contains("&lt;b&gt;{{username}}&lt;/b&gt; is jberanger<br>\nuntil September 16.</p>"))
        #expect(letter.html.contains("href=\"\(link)\"") && letter.html.contains("K7P-2XM-H4J"))
        #expect(letter.html.contains("Did you not expect this mail?"))
    }

    @Test func `are signed by who sends them, and below as the school has set it`() throws {
        let letter = try mail(message: "", signature: ["School office", "Tel. 555 0100"]).letter(
            .english, zone, renderer())
        #expect(letter.text.hasSuffix("\n\nAna Beltrán\nSchool office\nTel. 555 0100\n"))
        #expect(letter.html.contains("Ana Beltrán<br>\nSchool office<br>\nTel. 555 0100</p>"))
    }

    @Test func `stay small with the longest message`() throws {
        let letter = try mail(message: String(repeating: "&\n", count: 1_000)).letter(.english, zone, renderer())
        let id = ID<OutgoingMail>.new(at: Timestamp(milliseconds: 0))
        let bell = try #require(MailAddress("bell@district.example"))
        let message = MailMessage(
            id: id, date: Timestamp(milliseconds: 0), sender: Mailbox(name: HeaderText(cleaning: "A"), address: bell),
            recipient: bell, letter: letter)
        #expect(message.bytes.count < 100_000)
    }
}
