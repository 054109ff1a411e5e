import Core
import Rendering
import Testing

@testable import Web

@Suite struct ThePageToChooseAPassword {
    func page(
        _ visit: Visit, problem: PasswordProblem? = nil, idea: String? = nil, shows: Bool = false
    ) -> ChoosePasswordPage {
        ChoosePasswordPage(
            kind: .student, sender: .teacher("Ms. Ana Beltrán", school: "Alder Creek Elementary"), givenName: "Zoë",
            username: "zvandenberghe", action: "/activate/tok-en", problem: problem, idea: idea, showsPassword: shows,
            visit: visit)
    }

    @Test func `says who it is from, for whom, and the rules beforehand`() throws {
        let office = try Office()
        let html = try office.draw(page(office.visit))
        #expect(html.contains("This is from Ms. Ana Beltrán, your teacher at Alder Creek Elementary."))
        #expect(html.contains("Hello Zoë! Choose your own password."))
        #expect(html.contains(#"<strong class="mono">zvandenberghe</strong>"#))
        #expect(html.contains("8 letters or more."))
        #expect(html.contains("not even your teacher"))
        #expect(html.contains(#"<form class="panel stack" method="post" action="/activate/tok-en">"#))
        #expect(html.contains(#"href="/activate/tok-en?idea=1""#))
    }

    @Test func `has one password field, and a second one only without script while it is hidden`() throws {
        let office = try Office()
        let hidden = try office.draw(page(office.visit))
        #expect(hidden.count(of: #"autocomplete="new-password""#) == 2)
        let start = try #require(hidden.firstRange(of: "<noscript>\n      <div"))
        let end = try #require(hidden[start.upperBound...].firstRange(of: "</noscript>"))
        #expect(hidden[start.upperBound..<end.lowerBound].contains(#"name="again""#))
        let shown = try office.draw(page(office.visit, shows: true))
        #expect(!shown.contains(#"name="again""#))
        #expect(shown.contains(#"id="password" type="text""#))
        #expect(shown.contains(#"href="/activate/tok-en" data-shows"#))
    }

    @Test func `puts an idea into the field, to be read and changed`() throws {
        let office = try Office()
        let html = try office.draw(page(office.visit, idea: "river-lantern-moose"))
        #expect(html.contains(#"type="text" name="password" value="river-lantern-moose""#))
        #expect(html.count(of: "river-lantern-moose") == 1)
        #expect(html.contains("Give me another idea"))
        #expect(!html.contains("data-shows"))
    }

    static let problems: [PasswordProblem] = [
        .empty, .tooShort(least: 8), .tooLong(most: 128), .tooEasy, .isAboutYou, .isTemporary, .isOld, .differs,
    ]

    @Test(arguments: problems, ["en", "es"])
    func `says at the field and in an alert what to do`(problem: PasswordProblem, language: String) throws {
        let office = try Office(language: language)
        let words = office.visit.words
        let html = try office.draw(page(office.visit, problem: problem))
        #expect(html.contains(#"role="alert""#))
        #expect(html.contains(problem.heading(words)))
        #expect(html.contains(problem.advice(words)))
        #expect(html.contains(#"aria-invalid="true" aria-describedby="password-error rules""#))
    }

    @Test func `does not blame the password when the house is full`() throws {
        let office = try Office()
        let html = try office.draw(page(office.visit, problem: .busy))
        #expect(html.contains("Press the button again in 10 seconds."))
        #expect(!html.contains("aria-invalid"))
    }

    @Test func `gives staff their own rules`() throws {
        let office = try Office()
        let html = try office.draw(
            ChoosePasswordPage(
                kind: .staff, sender: .place("Juniper Valley School District"), givenName: "Idris", username: "iquaye",
                action: "/choose-password", visit: office.visit))
        #expect(html.contains("This is from Juniper Valley School District."))
        #expect(html.contains("12 characters or more."))
        #expect(!html.contains("8 letters"))
        #expect(!html.contains("teacher"))
    }
}

@Suite struct ThePageOfALinkThatDoesNotWork {
    @Test func `says what to do and nothing about any account`() throws {
        let office = try Office(Office.zoe)
        let html = try office.draw(LinkPage(visit: office.visit))
        #expect(html.contains("Ask your teacher for a new mail or a new card."))
        #expect(html.contains(#"href="/sign-in""#))
        #expect(!html.contains("Zoë"))
        #expect(!html.contains("Alder Creek"))
        #expect(html.count(of: "<input") == html.count(of: #"type="hidden" name="return""#))
    }
}

@Suite struct AStudentsOwnPage {
    @Test func `tells the username the first time, and the trackers always`() throws {
        let office = try Office(Office.zoe)
        let trackers = [StudentHomePage.Tracker(name: "Math 4", teachers: ["Ms. Beltrán", "Mr. Quaye"])]
        let first = try office.draw(
            StudentHomePage(
                givenName: "Zoë", name: "Zoë van den Berghe", username: "zvandenberghe", trackers: trackers,
                otherSessions: 0, news: .firstTime, visit: office.visit))
        #expect(first.contains("You are in, Zoë!"))
        #expect(first.contains("zvandenberghe"))
        #expect(first.contains("Ms. Beltrán and Mr. Quaye"))
        let later = try office.draw(
            StudentHomePage(
                givenName: "Zoë", name: "Zoë van den Berghe", username: "zvandenberghe", trackers: [],
                otherSessions: 2, visit: office.visit))
        #expect(later.contains("Hello Zoë!"))
        #expect(later.contains("You have no trackers yet."))
        #expect(later.contains("Zoë van den Berghe"))
        #expect(later.contains("in 2 other browsers"))
        #expect(later.contains(#"action="/account/sessions/end""#))
        #expect(later.contains(#"action="/language""#))
        #expect(later.contains(#"href="/account/password""#))
        #expect(later.contains(#"action="/sign-out""#))
        #expect(!later.contains(#"aria-label="Global""#))
    }
}

@Suite struct ThePageToChangeAPassword {
    @Test func `blames the old password at the old field only`() throws {
        let office = try Office(Office.zoe)
        let html = try office.draw(
            PasswordChangePage(kind: .student, username: "zvandenberghe", problem: .wrongOld, visit: office.visit))
        #expect(html.count(of: #"aria-invalid="true""#) == 1)
        #expect(html.contains(#"aria-describedby="old-error""#))
        #expect(html.contains(#"href="/home""#))
        #expect(html.contains("signed out everywhere else"))
    }

    @Test func `never fills in the old password, whatever is shown`() throws {
        let office = try Office(Office.ruth)
        let html = try office.draw(
            PasswordChangePage(kind: .staff, username: "rkowalczyk", idea: "four-nice-words-here", visit: office.visit))
        #expect(html.contains(#"id="old" type="password" name="old" autocomplete="current-password""#))
        #expect(html.contains(#"name="password" value="four-nice-words-here""#))
        #expect(html.contains(#"href="/account""#))
    }
}

@Suite struct TheAccountPage {
    @Test func `offers what can be changed, and ends other sessions only where there are some`() throws {
        let office = try Office(Office.ruth)
        let alone = try office.draw(
            AccountPage(
                person: Office.ruth, address: nil, otherSessions: 0, news: .sessionsEnded, visit: office.visit))
        #expect(alone.contains("No address"))
        #expect(alone.contains("You are signed out everywhere else."))
        #expect(!alone.contains("/account/sessions/end"))
        let elsewhere = try office.draw(
            AccountPage(person: Office.ruth, address: "r@x.example", otherSessions: 2, visit: office.visit))
        #expect(elsewhere.contains("in 2 other browsers"))
        #expect(elsewhere.contains(#"action="/account/sessions/end""#))
        #expect(elsewhere.contains(#"name="language" value="es" lang="es""#))
        #expect(!elsewhere.contains(#"name="language" value="en""#))
    }
}
