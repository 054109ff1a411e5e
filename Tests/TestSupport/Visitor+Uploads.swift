import Hummingbird

extension Visitor {
    /// Uploads a file with the fields of its form.
    @discardableResult package func upload(
        _ path: String, _ bytes: [UInt8], named name: String = "list.csv",
        fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        var body: [UInt8] = []
        for (field, value) in fields {
            body += Array("--xyz--z\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--xyz--z\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8)
        body += bytes + Array("\r\n--xyz--z--\r\n".utf8)
        return try await send(
            "POST", path,
            headers: ["content-type": "multipart/form-data; boundary=xyz--z", "sec-fetch-site": "same-origin"],
            bytes: body)
    }
}
