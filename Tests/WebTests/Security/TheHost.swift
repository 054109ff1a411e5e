import Core
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite struct TheHost {
    @Test func `that a request names is sent to the public address, or refused`() async throws {
        // The visitors of a school ask for "localhost"; here the public address is another.
        try await Schoolhouse.open(publicURL: "https://bell.example") { school in
            let looked = try await school.visitor().get("/sign-in?return=%2Fhome")
            #expect(looked.status == 308)
            #expect(looked.location == "https://bell.example/sign-in?return=%2Fhome")
            let forwarded = [
                "x-forwarded-host": "bell.example", "forwarded": "host=bell.example", "x-original-url": "/x",
            ]
            #expect(try await school.visitor().get("/sign-in", headers: forwarded).status == 308)
            #expect(try await school.visitor().post("/sign-in", ["username": "a", "password": "b"]).status == 421)
            #expect(try await school.visitor().get("/healthz").status == 200)
            #expect(
                try await school.visitor().get("//evil.example/x").location?.hasPrefix("https://bell.example/") == true)
        }
    }

    @Test(arguments: [
        "bell.example", "ftp://bell.example", "https://", "https://bell.example/path", "https://u:p@bell.example",
        "https://bell.example?x", "https://bell.example#x", "",
    ])
    func `of the public address stands alone`(text: String) {
        #expect(throws: PublicURL.Problem.self) { try PublicURL(text) }
    }

    @Test func `of the public address is read as browsers write it`() throws {
        let plain = try PublicURL("HTTP://127.0.0.1:8080/")
        #expect(plain.origin == "http://127.0.0.1:8080")
        #expect(plain.isLoopback && !plain.isSecure)
        let usual = try PublicURL("https://Bell.Example:443")
        #expect(usual.authority == "bell.example")
        #expect(usual.address("/activate/x") == "https://bell.example/activate/x")
        #expect(!usual.isLoopback)
    }

    @Test func `is one of a network or not`() throws {
        let network = try #require(Network("10.1.0.0/20"))
        #expect(network.contains("10.1.15.255"))
        #expect(!network.contains("10.1.16.0"))
        #expect(network.contains("::ffff:10.1.2.3"))
        #expect(!network.contains("nonsense"))
        let six = try #require(Network("fd00::/8"))
        #expect(six.contains("fdab::1") && !six.contains("fe80::1") && !six.contains("10.1.2.3"))
        for text in ["10.0.0.0/33", "10.0.0/8", "x", "10.0.0.0/", "::1/129", "1::2::3", "10.0.0.-1"] {
            #expect(Network(text) == nil, "\(text)")
        }
    }
}
