import Core
import TestSupport
import Testing
import Web

@Suite struct TheForm {
    @Test(arguments: [
        ("username=a&password=b&password=c", 400), ("username=a&username=a&password=b", 400),
        ("username=a&password=b&role=administrator", 400), ("username=a", 400), ("", 400),
        ("username[]=a&password=b", 400),
        ("username=%zz&password=b", 400), ("username=%ff%fe&password=b", 400), ("username=a%00b&password=b", 400),
        ("username=a&password=%f0%9f%94%94+bell", 422),
    ])
    func `at the door is taken only as it was made`(body: String, status: Int) async throws {
        try await Schoolhouse.open { school in
            let answer = try await school.visitor().post("/sign-in", body: body)
            #expect(answer.status == status)
        }
    }

    @Test(arguments: [
        ("application/json", 415), ("text/plain", 415), ("multipart/form-data; boundary=x", 415), ("", 415),
        ("application/x-www-form-urlencoded; charset=iso-8859-1", 415),
        ("application/x-www-form-urlencoded;charset=UTF-8", 422), ("Application/X-WWW-Form-URLEncoded", 422),
    ])
    func `comes as browsers send it`(type: String, status: Int) async throws {
        try await Schoolhouse.open { school in
            let answer = try await school.visitor().post(
                "/sign-in", body: "username=a&password=b", headers: ["content-type": type])
            #expect(answer.status == status)
        }
    }

    @Test func `has an end`() async throws {
        try await Schoolhouse.open { school in
            let long = "username=a&password=" + String(repeating: "x", count: 10_000_000)
            let tooLong = try await school.visitor().post("/sign-in", body: long)
            #expect(tooLong.status == 413)
            let tooMany = try await school.visitor().post(
                "/sign-in", body: "username=a&" + String(repeating: "a=b&", count: 4_000))
            #expect(tooMany.status == 400)
        }
    }

    @Test func `and the address are never mixed, nor is a name in the address there twice`() async throws {
        try await Schoolhouse.open { school in
            let moved = try await school.visitor().post(
                "/sign-in?username=ada.moss&password=x", body: "username=ada.moss")
            #expect(moved.status == 400)
            #expect(try await school.visitor().get("/sign-in?return=/a&return=/b").status == 400)
            #expect(try await school.visitor().get("/sign-in?utm_source=x").status == 200)
        }
    }

    @Test func `escapes what was typed`() async throws {
        try await Schoolhouse.open { school in
            let answer = try await school.visitor().signIn(#""><script>alert(1)</script>"#, "x")
            #expect(!answer.body.contains("<script>alert"))
            #expect(answer.body.contains("&lt;script&gt;"))
        }
    }
}
