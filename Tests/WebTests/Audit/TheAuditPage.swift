import Core
import Testing

@testable import Web

@Suite struct TheAuditPage {
    private let administrator = Administrator(id: Office.id(1), hasDistrict: true)

    private func line(_ act: String, target: AuditLine.Target? = nil) -> AuditLine {
        AuditLine(
            id: Office.id(3), at: Office.now, actor: nil, act: act,
            subject: AuditLine.Person(id: Office.id(5), kind: .student, name: "Zoë <V>", username: "zoe"), count: 2,
            sheet: 1041, target: target)
    }

    @Test(arguments: AuditAct.allCases, ["en", "es"])
    func `has a sentence and a kind for each act`(act: AuditAct, language: String) throws {
        let office = try Office(Office.ruth, language: language)
        let list = AuditList(lines: [line(act.rawValue)], next: nil)
        let html = try office.draw(AuditPage(list, administrator: administrator, visit: office.visit))
        #expect(!html.contains(act.rawValue))
        #expect(html.contains("Zoë &lt;V&gt;"))
        #expect(html.contains("<b>FirstBell</b>"))
        #expect(act.kind.acts.contains(act))
    }

    @Test func `shows an act of a later version as it stands, and leads to older lines`() throws {
        let office = try Office(Office.ruth)
        var question = AuditQuestion()
        question.kind = .printed
        question.after = Office.id(9)
        let html = try office.draw(
            AuditPage(
                AuditList(lines: [line("something-new", target: .rosterPlan(Office.id(7)))], next: Office.id(2)),
                question: question, administrator: administrator, visit: office.visit))
        #expect(html.contains("something-new"))
        #expect(html.contains("/admin/audit?kind=printed&amp;after=\(Office.id(2) as ID<AuditEntry>)"))
        #expect(html.contains(#"href="/admin/audit?kind=printed""#))
        #expect(html.contains("/admin/roster-syncs/\(Office.id(7) as ID<RosterSync>)"))
    }
}
