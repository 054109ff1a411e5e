import Foundation
import Testing

@testable import Rendering

@Suite struct TheWords {
    let english = Words.english
    let spanish: Words

    init() throws { spanish = try Catalogs.ours().words("es") }

    @Test func `fill each placeholder once and leave values alone`() {
        #expect(english("{name} is {state}.", ["name": "{state}", "state": "in"]) == "{state} is in.")
        #expect(english("{name} stays", [:]) == "{name} stays")
        #expect(english("an open { brace", [:]) == "an open { brace")
    }

    @Test func `count in the language's plural forms`() {
        #expect(english.plural("{count} mail", "{count} mails", 1) == "1 mail")
        #expect(english.plural("{count} mail", "{count} mails", 0) == "0 mails")
        #expect(english.plural("{count} mail", "{count} mails", 12_480) == "12,480 mails")
    }

    @Test func `separate thousands as the language does`() {
        #expect(english.number(4_096) == "4096")
        #expect(english.number(1_234_567) == "1,234,567")
        #expect(english.number(-12_480) == "-12,480")
        #expect(spanish.number(12_480) == "12.480")
    }

    @Test func `list names`() {
        #expect(english.list([]) == "")
        #expect(english.list(["Ada"]) == "Ada")
        #expect(english.list(["Ada", "Ben"]) == "Ada and Ben")
        #expect(english.list(["Ada", "Ben", "Cleo"]) == "Ada, Ben and Cleo")
        #expect(spanish.list(["Ada", "Ben", "Cleo"]) == "Ada, Ben y Cleo")
    }

    @Test func `say a day as people of that language do`() throws {
        let zone = try #require(TimeZone(identifier: "America/Denver"))
        let date = Date(timeIntervalSince1970: 1_788_271_320)  // 2026-09-01 14:02 UTC
        #expect(english.day(date, zone) == "September 1")
        #expect(english.date(date, zone) == "September 1, 2026")
        #expect(english.moment(date, zone) == "Sep 1, 8:02")
        #expect(english.weekday(date, zone) == "Tuesday")
        #expect(english.month(date, zone) == "September 2026")
        #expect(spanish.day(date, zone) == "1 de septiembre")
        #expect(spanish.date(date, zone) == "1 de septiembre de 2026")
        #expect(spanish.moment(date, zone) == "1 sep, 8:02")
        #expect(spanish.weekday(date, zone) == "martes")
        #expect(spanish.month(date, zone) == "septiembre de 2026")
    }

    @Test func `keep to the wall clock of the zone, over midnight, summer time and leap days`() throws {
        let zone = try #require(TimeZone(identifier: "America/New_York"))
        let calendar = {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = zone
            return calendar
        }()
        for hour in stride(from: -900_000, through: 900_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(hour) * 3_600 + 59)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
            let time = CivilTime(date, zone)
            let same =
                time.year == parts.year && time.month == parts.month && time.day == parts.day
                && time.hour == parts.hour && time.minute == parts.minute && time.weekday + 1 == parts.weekday
            #expect(same, "\(date)")
            if !same { return }
        }
    }

    @Test func `know which way they are read`() throws {
        let pseudo = try Catalogs.ours().withPseudoLanguage().words("ar-XB")
        #expect(english.direction == "ltr")
        #expect(pseudo.direction == "rtl")
        #expect(pseudo("Send").contains("Send"))
        #expect(pseudo.plural("{count} mail", "{count} mails", 3).contains("3 mails"))
    }
}
