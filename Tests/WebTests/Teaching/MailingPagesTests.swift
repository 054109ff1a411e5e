import Core
import Foundation
import Rendering
import Testing

@testable import Web

@Suite struct TheSendDialog {
    let room: Homeroom
    init() throws { room = try Homeroom(path: "/people/students/send") }

    func page(
        _ preview: MailingPreview, choice: MailingChoice = .init(allTrackers: true), message: String = "",
        problem: SendPage.Problem? = nil, letter: LetterPreview? = nil
    ) throws -> String {
        let trackers = [
            room.tracker(room.homeroom, StateCounts([.notMailed: 19])), room.tracker(room.math, StateCounts()),
        ]
        return try room.draw(
            SendPage(
                .people, groups: GroupChoice(choice, trackers: trackers, everybody: 28, room.visit.words),
                choice: choice, message: message, preview: preview, letter: letter,
                problem: problem, act: Homeroom.id(33), visit: room.visit))
    }

    @Test func `counts in words before anything leaves and names who is left out`() throws {
        let html = try page(room.preview, letter: room.letter)
        let text = Homeroom.text(html)
        #expect(
            text.contains(
                "3 get a mail, 2 have no address, 1 address bounced, 1 was maybe sent, 2 are already active, "
                    + "1 was mailed in the last hours."))
        #expect(text.contains("Print cards for these 2"))
        #expect(text.contains("Amara Nwosu-Bright, Tomás Ferreira"))
        #expect(text.contains("All Classrooms 28 students"))
        #expect(text.contains("Jean-Luc Béranger, and 2 more"))
        #expect(html.contains("name=\"all\" value=\"on\" checked"))
        #expect(html.contains("/people/students/print?all=on&amp;only=noAddress"))
        let act: ID<Act> = Homeroom.id(33)
        #expect(html.contains("name=\"act\" value=\"\(act)\""))
    }

    @Test func `shows the mail with the Additional Message as text`() throws {
        let html = try page(room.preview, message: "See you <b>there</b>\nBring it!", letter: room.letter)
        #expect(html.contains("See you &lt;b&gt;there&lt;/b&gt;<br>Bring it!<br>"))
        #expect(html.contains(">\nSee you &lt;b&gt;there"))
    }

    @Test func `keeps what was typed beside what is wrong`() throws {
        let long = String(repeating: "x", count: 2_003)
        let html = try page(room.preview, message: long, problem: .messageTooLong)
        #expect(Homeroom.text(html).contains("Shorten it by 3 characters: 2000 fit."))
        #expect(html.contains(long))
        #expect(html.contains("role=\"alert\""))
        let nobody = try page(MailingPreview(), choice: .init(allTrackers: false), problem: .nobodyChosen)
        #expect(Homeroom.text(nobody).contains("Tick All Classrooms or one of your trackers."))
        #expect(Homeroom.text(nobody).contains("Nobody is chosen yet."))
    }

    @Test func `keeps the ticked trackers`() throws {
        let html = try page(room.preview, choice: .init(allTrackers: false, trackers: [room.math.id]))
        #expect(html.contains("name=\"tracker\" value=\"\(room.math.id)\" checked"))
        #expect(!html.contains("name=\"tracker\" value=\"\(room.homeroom.id)\" checked"))
        #expect(!html.contains("name=\"all\" value=\"on\" checked"))
    }
}

@Suite struct AMailingsPage {
    let room: Homeroom
    init() throws { room = try Homeroom(path: "/mailings/x") }

    func page(_ report: MailingReport) throws -> String {
        try room.draw(MailingPage(report: report, mint: room.mint, visit: room.visit))
    }

    @Test func `tells each fate in words and what to do`() throws {
        let html = try page(
            room.report(
                [
                    room.fate(1, "Priya", .failed, reason: "no such mailbox"), room.fate(2, "Dmitri", .unknown),
                    room.fate(3, "Niamh", .deferred, nextTryAt: Homeroom.now + .minutes(10)),
                    room.fate(4, "Zoë", .sending), room.fate(5, "Jean-Luc", .accepted),
                    room.fate(6, "Noah", .accepted, isActive: true), room.fate(7, "Kai", .cancelled, reason: "active"),
                ], skipped: room.preview, message: "Bring it!"))
        let text = Homeroom.text(html)
        #expect(text.contains("Mailing of September 2, 10:21"))
        #expect(text.contains("All Classrooms, with an Additional Message, sent by you"))
        #expect(text.contains("2 of 7 mails are accepted, 2 are under way, 1 was not sent, 2 need you."))
        for words in [
            "Refused", "“no such mailbox”", "Print Username/Password of Priya", "Maybe sent", "Send again to Dmitri",
            "Tries again 10:31", "Goes by itself", "the mail server took it at 10:21", "Wait until Friday",
            "10 got no mail", "Amara Nwosu-Bright, Tomás Ferreira", "Bring it!",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(html.contains("data-live"))
        #expect(html.contains("http-equiv=\"refresh\" content=\"5\""))
    }

    @Test func `stands still when every mail has arrived`() throws {
        let html = try page(room.report([room.fate(5, "Jean-Luc", .accepted)]))
        #expect(Homeroom.text(html).contains("The mail is accepted."))
        #expect(!html.contains("data-live"))
        #expect(!html.contains("http-equiv"))
    }

    @Test func `says that no mail left and why`() throws {
        let text = Homeroom.text(try page(room.report([], skipped: room.preview)))
        #expect(text.contains("No mail left."))
        #expect(text.contains("2 are already active"))
    }

    @Test func `asks before a second mail to one student`() throws {
        let student = room.student(6, "Dmitri Volkonsky", .maybe, mailedAt: Homeroom.now - .days(1))
        let html = try room.draw(
            MailingConfirmPage(
                .people, student: student, act: Homeroom.id(1), cardAct: Homeroom.id(2), visit: room.visit))
        #expect(Homeroom.text(html).contains("The mail of Sep 1, 10:21 was maybe sent"))
        #expect(html.contains("name=\"again\" value=\"yes\""))
    }
}
