import Core
import RosterREST
import RosterSources
import Testing

@Suite struct TheAddressOfAService {
    @Test(arguments: [
        "https://sis.example/ims/oneroster/v1p1", "https://sis.example:8443/x/", "http://localhost:8080/v1p1",
        "http://127.0.0.1/v1p1", "http://[::1]:80/v1p1",
    ])
    func `may be`(address: String) throws { _ = try connection(address) }

    @Test(arguments: [
        "http://sis.example/ims/oneroster/v1p1", "http://127.0.0.1.sis.example/", "http://localhost.sis.example/",
        "ftp://sis.example/", "sis.example", "", "https://", "https://zoe:sesame@sis.example/",
        "https://sis.example/?a=b",
        "https://sis.example/#a", "https://sis.example/a b", "https://sis.example/\r\nHost: x",
    ])
    func `may not be`(address: String) throws {
        let error = #expect(throws: RosterRefused.self) { try connection(address) }
        #expect(error.map { "\($0)".contains("sesame") } == false)
    }

    @Test func `of OneRoster 1.2 is not asked with OAuth 1.0a`() {
        #expect(throws: RosterRefused.self) {
            try OneRosterConnection(
                base: "https://sis.example/v1p2", version: .v1_2,
                authorization: .oauth1(key: "birch", secret: Redacted("x")))
        }
    }

    private func connection(_ address: String) throws -> OneRosterConnection {
        try OneRosterConnection(
            base: address, version: .v1_1, authorization: .oauth1(key: "birch", secret: Redacted("x")))
    }
}
