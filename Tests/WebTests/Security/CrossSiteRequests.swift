import TestSupport
import Testing

@Suite struct CrossSiteRequests {
    /// Sec-Fetch-Site, Origin, and whether a POST goes through.
    static let matrix: [(String, String, Bool)] = [
        ("same-origin", "", true), ("none", "", true), ("same-origin", "https://evil.example", true),
        ("same-site", "http://localhost", false), ("cross-site", "http://localhost", false),
        ("cross-site", "https://evil.example", false), ("", "http://localhost", true), ("", "null", false),
        ("", "https://localhost", false), ("", "http://localhost:81", false),
        ("", "http://localhost.evil.example", false),
        ("", "", false), ("nonsense", "http://localhost", false),
    ]

    @Test(arguments: matrix)
    func `are told by what the browser says of itself`(site: String, origin: String, isTaken: Bool) async throws {
        try await Schoolhouse.open { school in
            for path in ["/sign-in", "/sign-out", "/language", "/people/students/x/reset", "/activate/x"] {
                let answer = try await school.visitor().post(path, headers: ["sec-fetch-site": site, "origin": origin])
                #expect((answer.status == 403) == !isTaken, "\(path): \(answer.status)")
            }
        }
    }

    @Test func `change nothing, and looking is let through`() async throws {
        try await Schoolhouse.open { school in
            let ada = try await school.visitor(signedInAs: Cast.ada)
            let headers = ["sec-fetch-site": "cross-site", "origin": "https://evil.example"]
            #expect(try await ada.post("/sign-out", headers: headers).status == 403)
            for method in ["PUT", "DELETE", "PATCH"] {
                #expect(try await ada.send(method, "/sign-out", headers: headers).status == 403)
            }
            #expect(try await ada.get("/trackers", headers: headers).status == 200)
        }
    }
}
