import Core
import Rendering
import Testing

@testable import Web

/// A roster in every state that its pages show.
struct SampleRoster {
    static let counts = RosterChangeCounts(new: 97, changed: 132, leaving: 241, back: 3)
    static let hold = RosterPlanSchool.Hold(
        leavingStudents: 212, ofStudents: 431, leavingStaff: 9, ofStaff: 24, trackersNamed: 19, trackersNow: 38,
        confirmedBy: nil)
    static let confirmed = RosterPlanSchool.Hold(
        leavingStudents: 212, ofStudents: 431, leavingStaff: 0, ofStaff: 24, trackersNamed: 38, trackersNow: 38,
        confirmedBy: "Ruth Kowalczyk")

    static func sync(_ state: RosterSyncState, held: Int = 0, students: RosterChangeCounts = counts) -> RosterSyncLine {
        RosterSyncLine(
            id: Office.id(7), source: "one<roster>.zip", madeAt: Office.now, madeBy: nil, state: state,
            students: students, heldSchools: held)
    }

    static func school(_ hold: RosterPlanSchool.Hold? = nil) -> RosterPlanSchool {
        RosterPlanSchool(
            key: "org/1", name: "Maple Ridge", isNew: false, studentsNow: 431,
            students: RosterChangeCounts(new: 4, changed: 11, leaving: 212, back: 1),
            staff: RosterChangeCounts(leaving: 9), hold: hold)
    }

    static func report(
        _ state: RosterSyncState, schools: [RosterPlanSchool] = [school()], students: RosterChangeCounts = counts,
        problems: [RosterProblemGroup] = [], refusal: RosterRefused? = nil, isWaiting: Bool = false,
        isOpen: Bool = false, addedTo: Timestamp? = nil, returnsTo: Timestamp? = nil, undoneTo: Timestamp? = nil
    ) -> RosterPlanReport {
        RosterPlanReport(
            sync: sync(state, students: students), lines: 12_480, staff: RosterChangeCounts(),
            trackers: RosterChangeCounts(), schools: schools, unchangedSchools: 0, problems: problems, done: 100,
            total: 100, refusal: refusal, appliedAt: state == .applied ? Office.now : nil, appliedBy: "Ruth Kowalczyk",
            isWaiting: isWaiting, isOpen: isOpen, addedTo: addedTo, returnsTo: returnsTo, undoneTo: undoneTo)
    }
}

@Suite struct TheRosterPlanPage {
    func draw(_ report: RosterPlanReport, language: String = "en") throws -> String {
        let office = try Office(Office.ruth, language: language)
        return try office.draw(RosterPlanPage(report, act: "act-1", visit: office.visit))
    }

    @Test func `says what would change and offers one button to do it`() throws {
        let html = try draw(SampleRoster.report(.ready))
        #expect(html.contains("Students: 97 new, 132 changed, 241 leaving, 3 back."))
        #expect(html.contains("one&lt;roster&gt;.zip, 12,480 lines. Nothing has changed yet."))
        #expect(html.count(of: "button-primary") == 1)
        #expect(html.contains("/apply\""))
        #expect(html.contains(#"name="act" value="act-1""#))
        #expect(html.contains("224"))
        #expect(!html.contains("data-live"))
    }

    @Test func `names a held school, why, and keeps its people in the sum until somebody confirms`() throws {
        let html = try draw(SampleRoster.report(.ready, schools: [SampleRoster.school(SampleRoster.hold)]))
        #expect(html.contains("Held: Maple Ridge would lose 212 of 431 students and 9 of 24 staff"))
        #expect(html.contains("it names 19 trackers of this school, and there are 38"))
        #expect(html.contains("Maple Ridge keeps everybody until you confirm."))
        #expect(html.contains("/schools/org%2F1/confirmation\""))
        #expect(html.contains(#"name="students" value="212""#))
        #expect(html.contains(#"name="yes" value="yes" required"#))
        #expect(html.contains("436"))
    }

    @Test func `counts held schools that are too many to name, and speaks of several as several`() throws {
        let school = SampleRoster.school(SampleRoster.hold)
        let three = try draw(SampleRoster.report(.ready, schools: [school, school, school]))
        #expect(three.contains("Maple Ridge, Maple Ridge and Maple Ridge keep everybody until you confirm."))
        let four = try draw(SampleRoster.report(.ready, schools: [school, school, school, school]))
        #expect(four.contains("4 schools keep everybody until you confirm."))
    }

    @Test func `of which nothing is taken says why and offers to confirm it or throw it away`() throws {
        let report = SampleRoster.report(
            .ready, schools: [SampleRoster.school(SampleRoster.hold)], isWaiting: true, isOpen: true)
        let html = try draw(report)
        #expect(html.contains("Nothing is taken yet: 241 students would leave at once"))
        #expect(html.contains("Yes, this roster is whole, and 241 students are not in it any more"))
        #expect(html.count(of: "/confirmation\"") == 1)
        #expect(html.contains("/schools/all/confirmation\""))
        #expect(html.contains(#"name="students" value="241""#))
        #expect(html.contains("/discard\""))
        #expect(!html.contains("Everything else is taken") && !html.contains("/apply\""))
        let spanish = try draw(report, language: "es")
        #expect(spanish.contains("Confirmar todo el plan") && spanish.contains("Descartar este plan"))
    }

    @Test func `lets removals that were kept be confirmed until a newer plan comes`() throws {
        let schools = [SampleRoster.school(SampleRoster.hold)]
        let open = try draw(SampleRoster.report(.applied, schools: schools, isOpen: true))
        #expect(open.contains("If you confirm, they leave at once.") && open.contains("org%2F1/confirmation\""))
        #expect(open.contains("29 leaving, 3 back. 212 students stay until you confirm."))
        #expect(!open.contains("/discard\""))
        #expect(try !draw(SampleRoster.report(.applied, schools: schools)).contains("/confirmation"))
    }

    @Test func `names who confirmed removals and asks no second time`() throws {
        let html = try draw(SampleRoster.report(.ready, schools: [SampleRoster.school(SampleRoster.confirmed)]))
        #expect(html.contains("Ruth Kowalczyk confirmed that 212 of 431 students leave Maple Ridge."))
        #expect(!html.contains("/confirmation"))
        #expect(!html.contains("keeps everybody"))
    }

    @Test func `offers nothing to apply when nothing would change, or nothing can be taken`() throws {
        let same = try draw(SampleRoster.report(.ready, schools: [], students: RosterChangeCounts()))
        #expect(same.contains("Nothing would change"))
        let refusal = RosterRefused(
            reason: "No {value}.", value: "<b>", place: RosterPlace(file: "users.csv", line: 3))
        let refused = try draw(SampleRoster.report(.refused, schools: [], refusal: refusal))
        #expect(refused.contains("users.csv, line 3: No &lt;b&gt;."))
        for html in [same, refused] { #expect(!html.contains("/apply\"")) }
    }

    @Test func `that was thrown away leaves nothing to decide`() throws {
        let html = try draw(SampleRoster.report(.discarded, schools: [SampleRoster.school(SampleRoster.hold)]))
        #expect(html.contains("This plan was thrown away. Nothing changed."))
        #expect(!html.contains("Held") && !html.contains("Maple Ridge"))
    }

    @Test(arguments: [RosterSyncState.reading, .applying])
    func `renews itself while work goes on, and is never at 100 percent before the end`(state: RosterSyncState) throws {
        let html = try draw(SampleRoster.report(state))
        #expect(html.contains("99%"))
        #expect(html.contains(#"id="plan" data-live"#))
        #expect(html.contains(#"<noscript><meta http-equiv="refresh""#))
        #expect(html.contains("Look again"))
        #expect(!html.contains("/apply\""))
        #expect(!html.contains("/confirmation"))
    }

    @Test func `says when and by whom it was applied`() throws {
        let html = try draw(SampleRoster.report(.applied, schools: [SampleRoster.school(SampleRoster.hold)]))
        #expect(html.contains("by Ruth Kowalczyk."))
        #expect(html.contains("They were kept. The next roster asks again."))
        #expect(html.contains("Students: 97 new, 132 changed, 241 leaving, 3 back."))
        #expect(!html.contains("/apply\""))
    }

    @Test func `offers the way back where there is one, and says what a plan goes back to or is added to`() throws {
        let earlier = Timestamp(milliseconds: Office.now.milliseconds - 86_400_000)
        #expect(try !draw(SampleRoster.report(.applied)).contains("/undo\""))
        let html = try draw(SampleRoster.report(.applied, undoneTo: earlier))
        #expect(html.contains("/undo\"") && html.contains("Show the way back"))
        #expect(
            try draw(SampleRoster.report(.ready, returnsTo: earlier)).contains("This goes back to the roster of "))
        #expect(
            try draw(SampleRoster.report(.ready, addedTo: earlier)).contains("These are changes to the roster of "))
    }

    @Test func `lists rows that cannot be taken with file, line, value and how many more`() throws {
        let place = RosterPlace(file: "users.csv", line: 1_017)
        let problem = RosterProblem(place: place, reason: "Unknown {value}.", value: "<x>")
        let groups = [
            RosterProblemGroup(reason: "Unknown {value}.", isRefused: true, count: 3, first: [problem]),
            RosterProblemGroup(reason: "No such class: {value}. Add it.", isRefused: true, count: 3, first: [problem]),
            RosterProblemGroup(reason: "Odd {value}.", isRefused: false, count: 1, first: [problem]),
        ]
        let html = try draw(SampleRoster.report(.ready, problems: groups))
        #expect(html.contains("Unknown ….") && html.contains("No such class. Add it."))
        #expect(html.contains("users.csv, line 1017"))
        #expect(html.contains("<q>&lt;x&gt;</q>"))
        #expect(html.contains("and 2 more"))
        #expect(html.contains("Odd &lt;x&gt;."))
        #expect(html.contains("Taken, but look at this"))
    }

    @Test func `is whole in Spanish`() throws {
        let html = try draw(
            SampleRoster.report(.ready, schools: [SampleRoster.school(SampleRoster.hold)]), language: "es")
        #expect(html.contains("Retenido: Maple Ridge perdería 212 de 431 estudiantes y 9 de 24 del personal"))
        #expect(html.contains("Confirmar estas bajas"))
    }
}

@Suite struct TheRosterSyncsPage {
    @Test func `takes a zip and lists every sync with its state`() throws {
        let office = try Office(Office.ruth)
        let lines = RosterSyncState.allCases.map { SampleRoster.sync($0) } + [SampleRoster.sync(.ready, held: 2)]
        let html = try office.draw(
            RosterSyncsPage(lines, next: "a&b", problem: "Not a <zip>.", act: "act-2", visit: office.visit))
        #expect(html.contains(#"enctype="multipart/form-data""#))
        #expect(html.contains(#"name="file" type="file" accept=".zip,application/zip""#))
        #expect(html.contains("Passwords and demographics in it are never read."))
        #expect(html.contains("Not a &lt;zip&gt;."))
        #expect(html.contains("2 schools held"))
        #expect(html.contains("by the command line"))
        #expect(html.contains(#"href="/admin/roster-syncs?after=a%26b""#))
        #expect(html.count(of: "class=\"state ") == 7)
    }
}

@Suite struct ThePeopleOfAPlan {
    @Test func `show each change with before and after`() throws {
        let office = try Office(Office.ruth)
        let person = RosterPlanPerson(
            kind: .student, name: "Zoë <V>", username: nil,
            changes: [RosterFactChange(fact: .address, before: "", after: "zoe@x.example")])
        let page = RosterPlanPeople(
            sync: SampleRoster.sync(.ready), school: SampleRoster.school(), change: .changed, people: [person],
            next: "n")
        let html = try office.draw(RosterPlanPeoplePage(page, isFirst: false, visit: office.visit))
        #expect(html.contains("Zoë &lt;V&gt;"))
        #expect(html.contains("made when the plan is applied"))
        #expect(html.contains("<ins>zoe@x.example</ins>"))
        #expect(html.contains("schools/org%2F1?change=changed&amp;after=n"))
        #expect(html.contains("First page"))
        #expect(html.contains("Leaving <span class=\"num\">221</span>"))
    }
}
