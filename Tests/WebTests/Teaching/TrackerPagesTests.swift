import Core
import Foundation
import Rendering
import Testing

@testable import Web

@Suite struct ATrackersPages {
    let room: Homeroom
    init() throws { room = try Homeroom() }

    @Test func `lead by name from Trackers to a tracker and on to Students`() throws {
        let tracker = room.tracker(room.homeroom, StateCounts([.active: 8, .mailed: 4, .noAddress: 7]))
        let trackers = try room.draw(TrackersPage(trackers: [tracker], counts: tracker.counts, visit: room.visit))
        #expect(trackers.contains("<nav aria-label=\"Global\">"))
        #expect(trackers.contains("<a href=\"/trackers/\(tracker.id)\">Homeroom 4B</a>"))
        #expect(Homeroom.text(trackers).contains("8 of your 19 students are active. 7 need you."))
        #expect(Homeroom.text(trackers).contains("Grade 4, Room 12 · 19 students"))
        let page = try room.draw(
            TrackerPage(tracker: tracker, list: room.list(room.oneOfEach), visit: room.visit))
        let text = Homeroom.text(page)
        #expect(text.contains("More Options People Students"))
        #expect(page.contains("<a href=\"/people/students\">Students</a>"))
        #expect(page.contains("aria-current=\"page\">Students</a>"))
        #expect(text.contains("8 of 19 are active. 7 need you."))
    }

    @Test func `draw a peg a student up to forty, and shares above`() throws {
        let words = room.visit.words
        let few = Pegs(StateCounts([.active: 38, .bounced: 2, .suspended: 3]), words)
        #expect(few.isPegs && !few.isBar)
        #expect(few.pegs.count == 40)
        #expect(few.label == "38 active, 0 on the way, 2 need you")
        let many = Pegs(StateCounts([.active: 133, .mailed: 40, .noAddress: 52]), words)
        #expect(many.isBar && many.pegs.isEmpty)
        #expect(many.shares.reduce(0) { $0 + $1.width } == 1_000)
        let none = Pegs(StateCounts(), words)
        #expect(!none.isPegs && !none.isBar)
    }

    @Test func `show Admin to administrators only`() throws {
        let page = { (room: Homeroom) in
            try room.draw(TrackersPage(trackers: [], counts: StateCounts(), visit: room.visit))
        }
        #expect(!(try page(room)).contains("href=\"/admin\""))
        #expect(try page(Homeroom(isAdministrator: true)).contains("href=\"/admin\""))
        #expect(Homeroom.text(try page(room)).contains("You have no tracker yet"))
    }

    @Test func `send an administrator who teaches nobody to Admin`() throws {
        let room = try Homeroom(isAdministrator: true)
        let text = Homeroom.text(
            try room.draw(TrackersPage(trackers: [], counts: StateCounts(), visit: room.visit)))
        #expect(text.contains("You teach no tracker") && text.contains("Go to Admin"))
        #expect(!text.contains("Ask your administrator"))
    }
}

@Suite struct TheAssets {
    @Test func `are served under addresses that name their content`() throws {
        let assets = try Assets.ours()
        for name in ["firstbell.css", "app.js", "icons.svg", "bell.svg", "morning.svg"] {
            let file = try #require(assets[name])
            #expect(assets.address(name) == "/assets/\(name)?v=\(file.version)")
        }
        #expect(assets["../Templates/layout.mustache"] == nil)
    }

    @Test func `hold every icon that a template or page names`() throws {
        let icons = String(decoding: try #require(try Assets.ours()["icons.svg"]).bytes, as: UTF8.self)
        let room = try Homeroom()
        let words = room.visit.words
        let html = try room.draw(
            StudentsPage(
                list: room.list(room.oneOfEach), filter: StudentFilter(), trackers: [], mint: room.mint,
                visit: room.visit))
        let drawn = html.matches(of: /#i-([a-z]+)"/).map { String($0.output.1) }
        for name in Set(drawn + StudentState.allCases.map { StateMark($0, words).icon }) {
            #expect(icons.contains("id=\"i-\(name)\""), "\(name)")
        }
    }

    @Test func `leave nothing to other servers`() throws {
        let css = String(decoding: try #require(try Assets.ours()["firstbell.css"]).bytes, as: UTF8.self)
        #expect(!css.contains("url("))
        #expect(!css.contains("@import"))
    }
}
