import Core
import Hummingbird
import Storage
import TestSupport
import Testing
import Web

@Suite struct WhatASchoolsAdministratorMayNot {
    private let act: ID<Act> = Cast.id(99)

    /// Ms. Ada administers Alder Creek beside teaching there.
    private func withAda(_ body: @Sendable (Schoolhouse, Visitor) async throws -> Void) async throws {
        try await Schoolhouse.open { school in
            try await school.write { connection in
                try connection.execute(
                    "INSERT INTO administrator (account_id, scope) VALUES (\(Cast.ada.id), 'schools')")
                try connection.execute(
                    """
                    INSERT INTO administrator_school (account_id, school_id) VALUES (\(Cast.ada.id), \(Cast.alder))
                    """)
            }
            try await body(school, try await school.visitor(signedInAs: Cast.ada))
        }
    }

    @Test func `is find anybody of another school, at any address about staff`() async throws {
        try await withAda { school, ada in
            let routes = Site.routes(services: school.services).filter { $0.path.hasPrefix("/admin/staff/{person}") }
            #expect(routes.count > 10)
            for route in routes {
                let path = route.path.replacing("{person}", with: "\(Cast.dov.id)")
                    .replacing("{tracker}", with: "\(Cast.class5A)")
                let answer =
                    route.method == .post
                    ? try await ada.post(
                        path,
                        body: route.path.hasSuffix("trackers") ? "act=\(act)&tracker=\(Cast.class4B)" : "act=\(act)")
                    : try await ada.send(route.method.rawValue, path)
                #expect(answer.status == (route.role == .district ? 403 : 404), "\(route)")
                #expect(!answer.body.contains("Lund"), "\(route)")
            }
            #expect(
                try await school.count("SELECT count(*) AS value FROM audit WHERE subject_id = \(Cast.dov.id)") == 0)
        }
    }

    @Test func `is decide who administers, suspend or reset one above, or give another school's tracker`() async throws
    {
        try await withAda { school, ada in
            try await school.write {
                try $0.execute(
                    "INSERT INTO membership (account_id, school_id) VALUES (\(Cast.dov.id), \(Cast.alder))")
                try $0.execute(
                    "INSERT INTO membership (account_id, school_id) VALUES (\(Cast.ruth.id), \(Cast.birch))")
            }
            for part in ["role", "dismissal"] {
                let path = "/admin/staff/\(Cast.gray.id)/\(part)"
                let answer = try await ada.post(path, ["act": "\(act)", "role": "district"])
                #expect(answer.status == 403)
            }
            // Ruth works at Alder Creek too, but administers the district; Dov works elsewhere as well.
            for (member, part) in [
                (Cast.ruth, "reset"), (Cast.ruth, "suspend"), (Cast.ruth, "link"), (Cast.dov, "suspend"),
            ] {
                #expect(
                    try await ada.post("/admin/staff/\(member.id)/\(part)", ["act": "\(act)"]).status == 404, "\(part)")
            }
            let foreign = try await ada.post(
                "/admin/staff/\(Cast.gray.id)/trackers", ["act": "\(act)", "tracker": "\(Cast.class5A)"])
            #expect(foreign.status == 404)
            let page = try await ada.text(of: "/admin/staff/\(Cast.dov.id)")
            #expect(!page.contains("Birch") && page.contains("Only an administrator of the whole district"))
            #expect(try await school.count("SELECT count(*) AS value FROM administrator") == 2)
        }
    }

    @Test func `is mail the Pending of another school`() async throws {
        try await withAda { school, ada in
            try await school.write {
                try $0.execute(
                    "UPDATE account SET password_hash = NULL, active_at = NULL WHERE id IN (\(Cast.dov.id), \(Cast.gray.id))"
                )
            }
            #expect(try await ada.text(of: "/admin/staff/send").contains("2 get a mail."))
            try await ada.post("/admin/staff/send", ["act": "\(act)"])
            #expect(try await school.count("SELECT count(*) AS value FROM mail WHERE account_id = \(Cast.dov.id)") == 0)
            #expect(try await school.count("SELECT count(*) AS value FROM mail") == 2)
        }
    }
}
