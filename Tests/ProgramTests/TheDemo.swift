import Foundation
import Testing

@Suite(.timeLimit(.minutes(3))) struct TheDemo {
    @Test func `shows an administrator who has come in on which day`() async throws {
        try await Machine.open { machine in
            let demo = try machine.begin("demo", "--port", "\(machine.port)")
            let browser = Browser(url: machine.url)
            try await eventually("the demo is open", within: .seconds(120)) {
                guard demo.isRunning else { throw Trouble("it ended: \(try await demo.ended().errors)") }
                do { return try await browser.get("/readyz").status == 200 } catch { return false }
            }
            let entered = try await browser.post(
                "/sign-in", ["username": "ruth", "password": "bright+lanterns+by+the+river"])
            #expect(entered.location == "/admin")
            let page = try await Browser(url: machine.url, cookie: entered.cookie).get("/admin").body
            #expect(page.contains("New active students by day"))
            #expect(page.contains("240 students became active from"))
            let days = page.matches(of: /<td[^>]*>([1-9][0-9]*)<\/td>/)
            #expect(days.count > 5, "over several days")
            demo.signal(SIGTERM)
            #expect(try await demo.ended().code == 0)
        }
    }
}
