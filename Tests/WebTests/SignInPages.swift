import Rendering
import Testing

@testable import Web

@Suite struct TheSignInPage {
    @Test func `asks for a name and a password, each once, and says what a password manager needs`() throws {
        let office = try Office()
        let html = try office.draw(SignInPage(visit: office.visit))
        #expect(html.contains("Username or email address"))
        #expect(html.contains(#"autocomplete="username""#))
        #expect(html.contains(#"autocomplete="current-password""#))
        let form = try #require(html.firstRange(of: #"action="/sign-in""#))
        let end = try #require(html[form.upperBound...].firstRange(of: "</form>"))
        #expect(String(html[form.upperBound..<end.lowerBound]).count(of: "<input ") == 2)
        #expect(html.contains("the three words and the number on your card"))
        #expect(html.contains("<a href=\"/forgot-password\">Forgot your password?</a>"))
        #expect(!html.contains(#"role="alert""#))
    }

    @Test func `keeps the typed name after a failure, and nothing else`() throws {
        let office = try Office()
        let html = try office.draw(
            SignInPage(
                failure: .refused, typed: #"zoë"><script>"#, returnPath: "/trackers?a=1&b=2", visit: office.visit))
        #expect(html.contains("value=\"zoë&quot;&gt;&lt;script&gt;\""))
        #expect(html.contains(#"name="return" value="/trackers?a=1&amp;b=2""#))
        #expect(html.contains(#"href="/sign-in?return=%2Ftrackers%3Fa%3D1%26b%3D2&amp;show=1""#))
        #expect(html.contains(#"role="alert""#))
        #expect(html.contains("That did not work."))
        #expect(html.count(of: #"aria-invalid="true""#) == 2)
    }

    @Test func `says how long to wait, in seconds or in minutes`() throws {
        let office = try Office()
        let words = office.visit.words
        #expect(Wait(seconds: 0).sentence(words) == "Wait 1 second, then try again.")
        #expect(Wait(seconds: 59).sentence(words) == "Wait 59 seconds, then try again.")
        #expect(Wait(seconds: 60).sentence(words) == "Wait 1 minute, then try again.")
        #expect(Wait(seconds: 61).sentence(words) == "Wait 2 minutes, then try again.")
        let html = try office.draw(SignInPage(failure: .wait(Wait(seconds: 130)), typed: "zoe", visit: office.visit))
        #expect(html.contains("Wait 3 minutes"))
        #expect(!html.contains("aria-invalid"))
    }

    @Test func `tells a full house to press again in 10 seconds`() throws {
        let office = try Office()
        let html = try office.draw(SignInPage(failure: .busy, typed: "zoe", visit: office.visit))
        #expect(html.contains("press the button again in 10 seconds"))
        #expect(html.contains(#"value="zoe""#))
    }

    @Test func `shows what is typed without script, by a page of its own`() throws {
        let office = try Office()
        let hidden = try office.draw(SignInPage(visit: office.visit))
        #expect(hidden.contains(#"type="password""#))
        #expect(hidden.contains(#"href="/sign-in?show=1""#))
        let shown = try office.draw(SignInPage(showsPassword: true, visit: office.visit))
        #expect(!shown.contains(#"type="password""#))
        #expect(shown.contains(#"href="/sign-in" data-shows="password""#))
    }

    @Test func `speaks Spanish`() throws {
        let office = try Office(language: "es")
        let html = try office.draw(SignInPage(failure: .refused, visit: office.visit))
        #expect(html.contains(#"<html lang="es" dir="ltr">"#))
        #expect(html.contains("¡Qué bien verte!"))
        #expect(html.contains("No ha funcionado."))
    }
}

@Suite struct AnErrorPage {
    static let kinds: [(ErrorPage.Kind, Int)] = [
        (.notFound, 404), (.forbidden, 403), (.wrongMethod, 405), (.tooLarge, 413), (.otherHost, 421),
        (.invalidForm, 422), (.tooMany(nil), 429), (.busy, 503), (.starting, 503), (.noDatabase, 503),
        (.failed(number: "7K2-94"), 500),
    ]

    @Test(arguments: kinds) func `says what to do, in the frame of whoever asks`(kind: ErrorPage.Kind, status: Int)
        throws
    {
        #expect(kind.status == status)
        for person in [nil, Office.ruth, Office.zoe] {
            for language in ["en", "es"] {
                let office = try Office(person, language: language, path: "/trackers/1")
                let html = try office.draw(ErrorPage(kind, visit: office.visit))
                #expect(html.contains(#"<a class="button button-primary""#))
                #expect(html.contains(#"class="bar""#) == (person != nil))
                #expect(html.contains("7K2-94") == (status == 500))
            }
        }
    }

    @Test func `leads home, and back to the same page where that may help`() throws {
        let office = try Office(Office.ruth, path: "/admin/staff?q=a&state=active")
        #expect(try office.draw(ErrorPage(.notFound, visit: office.visit)).contains(#"primary" href="/""#))
        let busy = try office.draw(ErrorPage(.busy, visit: office.visit))
        #expect(busy.contains(#"primary" href="/admin/staff?q=a&amp;state=active""#))
    }
}
