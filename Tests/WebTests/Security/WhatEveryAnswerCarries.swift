import Core
import Storage
import TestSupport
import Testing

@Suite struct WhatEveryAnswerCarries {
    static let paths = [
        "/sign-in", "/", "/nowhere", "/trackers", "/healthz", "/readyz", "/metrics", "/activate/x",
        "/assets/nothing.css",
        "/sign-in?a=1&a=2", "/admin/roster-syncs",
    ]

    @Test func `is the same set of headers, whatever the answer`() async throws {
        try await Schoolhouse.open { school in
            for path in Self.paths {
                for method in ["GET", "HEAD", "POST", "PUT", "OPTIONS"] {
                    expectHeaders(
                        try await school.visitor().send(method, path, headers: ["sec-fetch-site": "same-origin"]), path)
                }
            }
            let ada = try await school.visitor(signedInAs: Cast.ada)
            for path in ["/trackers", "/people/students", "/account", "/admin", "/people/students/x/reset"] {
                expectHeaders(try await ada.get(path), path)
            }
            try await school.write { try $0.execute("DROP TABLE throttle") }
            let failed = try await school.visitor().signIn("ada.moss", "x")
            #expect(failed.status >= 500)
            expectHeaders(failed, "an error")
        }
    }

    @Test func `includes HSTS for this host alone where TLS is on`() async throws {
        try await Schoolhouse.open(publicURL: "https://localhost") { school in
            let answer = try await school.visitor().get("/sign-in")
            #expect(answer["strict-transport-security"] == "max-age=31536000")
        }
        try await Schoolhouse.open { school in
            let answer = try await school.visitor().get("/sign-in")
            #expect(answer["strict-transport-security"] == nil)
        }
    }

    @Test func `may be kept for ever only where the address names the version`() async throws {
        try await Schoolhouse.open { school in
            let page = try await school.visitor().get("/sign-in")
            let address = try #require(page.body.firstMatch(of: /href="(\/assets\/firstbell.css\?v=[0-9a-f]+)"/)).1
            let styles = try await school.visitor().get(String(address))
            #expect(styles["content-type"] == "text/css; charset=utf-8")
            #expect(styles["cache-control"] == "public, max-age=31536000, immutable")
            #expect(try await school.visitor().get("/assets/firstbell.css?v=0")["cache-control"] == "no-cache")
            #expect(try await school.visitor().get("/assets/..%2f..%2fPackage.swift").status == 404)
        }
    }

    private func expectHeaders(_ answer: Answer, _ path: String) {
        #expect(
            answer["content-security-policy"]
                == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                + "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
            "\(path)")
        #expect(answer["x-content-type-options"] == "nosniff", "\(path)")
        #expect(answer["referrer-policy"] == "same-origin", "\(path)")
        #expect(answer["cross-origin-opener-policy"] == "same-origin", "\(path)")
        #expect(answer["cross-origin-resource-policy"] == "same-origin", "\(path)")
        #expect(answer["cache-control"] == "no-store", "\(path)")
        #expect(answer["server"] == nil, "\(path)")
    }
}
