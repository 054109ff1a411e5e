import Core
import Rendering
import Testing

@testable import Web

@Suite struct TheSchoolsPage {
    func line(_ name: String, _ counts: [StudentState: Int]) -> SchoolLine {
        SchoolLine(id: Office.id(9), name: name, counts: StateCounts(counts))
    }

    @Test func `puts the lowest share first and empty schools last`() throws {
        let office = try Office(Office.ruth)
        let schools = [
            line("All", [.active: 5, .suspended: 9]), line("Empty", [:]), line("None", [.notMailed: 377]),
            line("Third", [.active: 1, .mailed: 1, .bounced: 1]),
        ]
        let html = try office.draw(
            SchoolsPage(
                DistrictOverview(
                    name: "Juniper Valley", counts: StateCounts([.active: 6, .mailed: 1, .notMailed: 378]),
                    schools: schools, pendingStaff: 2, waitingPlan: SampleRoster.sync(.ready, held: 1), isMailHeld: true
                ),
                visit: office.visit))
        let places = try ["None", "Third", "All", "Empty"].map {
            try #require(html.firstRange(of: "<b>\($0)</b>")).lowerBound
        }
        #expect(places == places.sorted())
        #expect(html.contains("6 of 385 students are active: 1%. 378 need help."))
        #expect(html.contains("Not started"))
        #expect(html.contains("Everybody is in"))
        #expect(html.contains(#"width="33.3" height="8""#))
        #expect(html.contains(#"width="66.6" height="6""#))
        #expect(html.count(of: "button-primary") == 1)
        #expect(html.contains("A roster plan holds 1 school."))
        #expect(html.contains(#"href="/admin/staff?state=pending""#))
        #expect(!html.contains("style="))
    }

    @Test func `asks for a roster where there is none`() throws {
        let office = try Office(Office.ruth)
        let html = try office.draw(
            SchoolsPage(
                DistrictOverview(
                    name: "Our district", counts: StateCounts(), schools: [], pendingStaff: 0, waitingPlan: nil,
                    isMailHeld: false), visit: office.visit))
        #expect(html.contains("There is no roster yet."))
        #expect(html.contains(#"button-primary" href="/admin/roster-syncs""#))
        #expect(!html.contains("<table"))
    }
}

@Suite struct TheStaffPage {
    func line(
        _ number: UInt8, _ state: StaffState, address: String? = "a@x.example", mail: MailState? = nil
    ) -> StaffLine {
        StaffLine(
            id: Office.id(number), name: "Person \(number)", username: "p\(number)", address: address,
            schools: ["Elm Street"], isAdministrator: false, state: state, lastMail: mail,
            lastMailAt: mail == nil ? nil : Office.now)
    }

    func draw(_ lines: [StaffLine], filter: StaffFilter = StaffFilter()) throws -> String {
        let office = try Office(Office.ruth)
        let list = StaffList(
            lines: lines, counts: [.pending: 4, .active: 36], proposed: 3, found: lines.count, next: "x")
        return try office.draw(
            StaffPage(list, filter: filter, schools: [], act: "act-3", visit: office.visit))
    }

    @Test func `offers a mail to who has an address, a link to everybody who is pending, and nothing to others`() throws
    {
        let mailed = try draw([line(10, .pending)])
        #expect(mailed.contains("/admin/staff/\(Office.id(10) as ID<Account>)/activation-email"))
        #expect(mailed.contains("/link\""))
        let paper = try draw([line(11, .pending, address: nil)])
        #expect(!paper.contains("/activation-email\""))
        #expect(paper.contains("/link\""))
        let underWay = try draw([line(12, .pending, mail: .queued)])
        #expect(!underWay.contains("/activation-email\""))
        #expect(underWay.contains("Goes by itself"))
        for state in [StaffState.active, .suspended] {
            let done = try draw([line(13, state)])
            #expect(!done.contains("/activation-email\"") && !done.contains("/link\""))
        }
    }

    @Test func `leads to a mail to all who are pending, and keeps the filter on the way`() throws {
        var filter = StaffFilter(state: .pending, search: "a&b")
        filter.after = "cursor"
        let html = try draw([line(10, .pending)], filter: filter)
        #expect(html.contains(#"href="/admin/staff/send""#))
        #expect(html.contains("3 people have another role in the roster than teacher."))
        #expect(html.contains(#"name="return" value="/admin/staff?state=pending&amp;q=a%26b&amp;after=cursor""#))
        #expect(html.contains(#"href="/admin/staff?state=pending&amp;q=a%26b&amp;after=x""#))
        #expect(html.contains(#"href="/admin/staff?state=pending&amp;q=a%26b""#))
        #expect(html.contains(#"name="state" value="pending""#))
        #expect(html.contains(#"value="a&amp;b""#))
    }

    @Test func `shows a one-time link to copy, and until when it works`() throws {
        let office = try Office(Office.ruth)
        let html = try office.draw(
            StaffLinkPage(
                name: "Idris Quaye", link: Redacted("https://bell.example/activate/tok"),
                worksUntil: Office.now + .days(14), visit: office.visit))
        #expect(html.contains(#"value="https://bell.example/activate/tok" readonly"#))
        #expect(html.contains("It works once, until September 16."))
    }
}

@Suite struct TheMailPage {
    @Test func `says why mail is held and how to let it go`() throws {
        let office = try Office(Office.ruth)
        let html = try office.draw(
            AdminMailPage(
                MailOverview(
                    server: .none, condition: Mailroom.Condition(isRunning: false, complaint: nil),
                    counts: [.held: 23]), visit: office.visit))
        #expect(html.contains("Mail is held because no mail server is set."))
        #expect(html.contains("FIRSTBELL_SMTP_URL"))
        #expect(html.contains("23 mails are held."))
        #expect(!html.contains("outbox folder"))
    }

    @Test func `lists the letters of the outbox folder, and shows one as text`() throws {
        let office = try Office(Office.ruth)
        let letter = MailOverview.Letter(
            name: "a b.eml", to: "zoe@x.example", subject: "Zoë & FirstBell", at: Office.now)
        let mail = MailOverview(
            server: .folder, condition: Mailroom.Condition(isRunning: true, complaint: nil), counts: [.accepted: 1],
            letters: [letter])
        let list = try office.draw(AdminMailPage(mail, visit: office.visit))
        #expect(list.contains(#"href="/admin/mail/letters/a%20b.eml""#))
        #expect(list.contains("Nothing leaves this machine."))
        let shown = try office.draw(
            AdminLettersPage(letter, text: Redacted("To: <script>"), isBlanked: true, visit: office.visit))
        #expect(shown.contains("To: &lt;script&gt;"))
        #expect(shown.contains("The link in it is blanked"))
    }
}
