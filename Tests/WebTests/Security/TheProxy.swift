import Hummingbird
import TestSupport
import Testing

@testable import Web

@Suite struct TheProxy {
    private func forwarded(
        _ headers: HTTPFields, peer: String?, trusting proxies: [String]
    ) -> Forwarded {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/", headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        return Forwarded(request, peer: peer, trusting: proxies.compactMap(Network.init))
    }

    private func headers(for hops: String, proto: String? = nil) throws -> HTTPFields {
        var fields = HTTPFields()
        fields[try #require(HTTPFields.Element.Name("X-Forwarded-For"))] = hops
        fields[try #require(HTTPFields.Element.Name("X-Forwarded-Proto"))] = proto
        return fields
    }

    @Test func `is believed only where it is trusted, and only up to the first stranger`() throws {
        let claimed = try headers(for: "6.6.6.6, 203.0.113.9, 10.0.0.2", proto: "https")
        #expect(forwarded(claimed, peer: "198.51.100.1", trusting: ["10.0.0.0/8"]).client == "198.51.100.1")
        #expect(forwarded(claimed, peer: "198.51.100.1", trusting: ["10.0.0.0/8"]).isSecure == nil)
        #expect(forwarded(claimed, peer: "10.0.0.1", trusting: ["10.0.0.0/8"]).client == "203.0.113.9")
        #expect(forwarded(claimed, peer: "10.0.0.1", trusting: ["10.0.0.0/8"]).isSecure == true)
        #expect(forwarded(claimed, peer: nil, trusting: ["10.0.0.0/8"]).client == nil)
    }

    @Test func `opens no metrics to strangers`() async throws {
        try await Schoolhouse.open { school in
            let visitor = school.visitor()
            #expect(try await visitor.get("/metrics").status == 404)
            #expect(try await visitor.get("/metrics", headers: ["authorization": "Bearer wrong"]).status == 404)
            let answer = try await visitor.get("/metrics", headers: ["authorization": "Bearer a-token-for-metrics"])
            #expect(answer.status == 200)
            #expect(answer.body.contains("firstbell_requests_total{status=\"4xx\"} 2"))
            #expect(try await visitor.get("/readyz").body == "ready\n")
        }
    }
}
