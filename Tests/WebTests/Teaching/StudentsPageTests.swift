import Core
import Foundation
import Rendering
import Testing

@testable import Web

@Suite struct TheStudentsPage {
    let room: Homeroom
    init() throws { room = try Homeroom() }

    func page(
        _ list: StudentList, _ filter: StudentFilter = StudentFilter(), notice: StudentsNotice? = nil, in room: Homeroom
    ) throws -> String {
        try room.draw(
            StudentsPage(
                list: list, filter: filter, trackers: [room.homeroom, room.math], notice: notice, mint: room.mint,
                visit: room.visit))
    }

    /// The part of the page that belongs to one student.
    func row(_ number: Int, of html: String) throws -> String {
        let id: ID<Account> = Homeroom.id(number)
        let start = try #require(html.firstRange(of: "id=\"s-\(id)\""))
        let rest = html[start.upperBound...]
        return String(rest[..<(rest.firstRange(of: "</tr>")?.lowerBound ?? rest.endIndex)])
    }

    func nextStep(_ number: Int, of html: String) throws -> String {
        let row = try row(number, of: html)
        let start = try #require(row.firstRange(of: "class=\"act\">"))
        let rest = row[start.upperBound...]
        return Homeroom.text(String(rest[..<(try #require(rest.firstRange(of: "</td>"))).lowerBound]))
    }

    @Test func `says who is in, who needs the teacher, and what to press`() throws {
        let text = Homeroom.text(try page(room.list(room.oneOfEach), in: room))
        #expect(text.contains("1 of 13 is active. 7 need you: mail 2, print 4 cards, unlock 1."))
        #expect(text.contains("Mail these 2"))
        #expect(text.contains("Print 4 cards"))
        #expect(text.contains("Send Student Activation Emails"))
        #expect(text.contains("Print Student Usernames/Passwords"))
        #expect(text.contains("7 need you they cannot get in until you do something"))
        #expect(text.contains("5 are on the way"))
        #expect(text.contains("1 is suspended"))
    }

    @Test func `shows each state with its word and its one next step`() throws {
        let html = try page(room.list(room.oneOfEach), in: room)
        let expected: [(Int, String, String)] = [
            (1, "Bounced", "Print Username/Password of Beckett O’Hara"),
            (2, "Mail failed", "Print Username/Password of Sofía Ibáñez Quiroga"),
            (3, "Locked", "Unlock for Łucja Wiśniewska"),
            (4, "No address", "Print Username/Password of Amara Nwosu-Bright"),
            (5, "Not mailed yet", "Send Student Activation Email to Jean-Luc Béranger"),
            (6, "Maybe sent", "Print Username/Password of Dmitri Volkonsky"),
            (7, "Ran out", "Send Student Activation Email to Wren Takahashi"),
            (8, "Mailed", "Wait until Thursday"), (9, "Mailed", "Send Student Activation Email to Noah Okonkwo-Reyes"),
            (10, "Sending", "Goes by itself"), (11, "Card printed", "Hand out the card"),
            (12, "Card handed over", "Wait for the sign-in"), (13, "Active", "Reset the password of Màiri MacAskill"),
            (14, "Suspended", "Nothing to do"),
        ]
        for (number, word, step) in expected {
            #expect(Homeroom.text(try row(number, of: html)).contains(word))
            #expect(try nextStep(number, of: html) == step)
        }
    }

    @Test func `offers an active student neither mail nor card`() throws {
        let row = try row(13, of: page(room.list(room.oneOfEach), in: room))
        #expect(!row.contains("/activation-email"))
        #expect(!row.contains("/card\""))
        #expect(row.contains("/reset\""))
        #expect(Homeroom.text(row).contains("is already active"))
    }

    @Test func `offers no mail without an address`() throws {
        let row = try row(4, of: page(room.list(room.oneOfEach), in: room))
        #expect(!row.contains("/activation-email"))
        #expect(Homeroom.text(row).contains("has no address"))
    }

    @Test func `changes something only by POST, each act named by an id of its own`() throws {
        let html = try page(room.list(room.oneOfEach), in: room)
        for form in html.matches(of: /<form method="post" action="([^"]*)">(.*?)<\/form>/.dotMatchesNewlines())
        where form.output.1.hasPrefix("/people/") {
            #expect(form.output.2.contains("name=\"act\""))
            #expect(form.output.2.contains("name=\"return\" value=\"/people/students\""))
        }
        let acts = html.matches(of: /name="act" value="([^"]*)"/).map { String($0.output.1) }
        let perRow = Dictionary(grouping: acts) { $0 }
        #expect(perRow.values.allSatisfy { $0.count <= 2 }, "the step of a row and the same in its menu")
        #expect(!html.contains("<script>"))
        #expect(!html.contains("style="))
    }

    @Test func `escapes a name that looks like a tag`() throws {
        let html = try page(room.list([room.student(1, "<b>Bobby</b> & \"Tables\"", .notMailed)]), in: room)
        #expect(html.contains("&lt;b&gt;Bobby&lt;/b&gt; &amp; &quot;Tables&quot;"))
        #expect(!html.contains("<b>Bobby"))
    }

    @Test func `keeps the filter in every address`() throws {
        let filter = StudentFilter(state: .notMailed, tracker: room.math.id, search: "a&b=ñ", order: .name)
        let html = try page(room.list([room.student(5, "Li Na", .notMailed)], next: "n:1"), filter, in: room)
        let here = "state=notMailed&amp;tracker=\(room.math.id)&amp;q=a%26b%3D%C3%B1&amp;sort=name"
        #expect(html.contains("/people/students?\(here)&amp;after=n%3A1"))
        #expect(html.contains("value=\"/people/students?\(here)\""))
        #expect(html.contains("<option value=\"\(room.math.id)\" selected>Math 4</option>"))
        #expect(html.contains("value=\"a&amp;b=ñ\""))
        #expect(!html.contains("class=\"group\""), "groups stand only where the order is by need")
    }

    @Test func `says what to do when nobody is there or nobody fits`() throws {
        let empty = Homeroom.text(try page(room.list([]), in: room))
        #expect(empty.contains("You have no students yet"))
        #expect(!empty.contains("Mail these"))
        let unfit = StudentList(lines: [], counts: room.list(room.oneOfEach).counts, found: 0, next: nil)
        let text = Homeroom.text(try page(unfit, StudentFilter(search: "zzz"), in: room))
        #expect(text.contains("Nobody fits"))
        #expect(text.contains("Show everybody"))
    }

    @Test func `says once what was just done`() throws {
        let html = try page(room.list(room.oneOfEach), notice: .unlocked(name: "Łucja"), in: room)
        #expect(Homeroom.text(html).contains("Łucja can sign in again."))
    }

    @Test func `speaks Spanish and can be read from the right`() throws {
        let spanish = try Homeroom(language: "es")
        let text = Homeroom.text(try page(spanish.list(spanish.oneOfEach), in: spanish))
        #expect(text.contains("Enviar correo de activación a Jean-Luc Béranger"))
        #expect(text.contains("1 sep, 10:21"))
        let pseudo = try Homeroom(language: "ar-XB")
        #expect(try page(pseudo.list(pseudo.oneOfEach), in: pseudo).contains("<html lang=\"ar-XB\" dir=\"rtl\">"))
    }
}
