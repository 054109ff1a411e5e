import Hummingbird

/// One event of a stream (WHATWG HTML section 9.2).
struct ServerSentEvent {
    let name: String
    var data = ""

    var bytes: ByteBuffer {
        // A line break within the text would end the field; each line is one.
        let lines = data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return ByteBuffer(string: "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n")
    }

    /// A comment, so that nobody on the way takes the line for dead.
    static let stillHere = ByteBuffer(string: ":\n\n")

    /// How long a browser waits before it comes back to a stream that broke.
    static func retry(_ wait: Duration) -> ByteBuffer {
        ByteBuffer(string: "retry: \(wait.components.seconds * 1_000)\n\n")
    }
}

extension Response {
    /// A stream of events: never kept, never held back by a proxy.
    static func events(_ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void) -> Response {
        // A stream watches for the end of its line, after which the line can carry no other request.
        var headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .connection: "close",
        ]
        if let unbuffered = HTTPFields.Element.Name("X-Accel-Buffering") { headers[unbuffered] = "no" }
        return Response(status: .ok, headers: headers, body: ResponseBody(write))
    }
}
