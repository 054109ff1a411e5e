package import Hummingbird
package import Rendering

extension Services {
    /// A page as an answer. Throws `TemplateError` where page and template do not fit.
    package func answer(
        _ page: some Page, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let bytes = try renderer.draw(page, words: visit.words)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Response {
    /// After a POST: look there (303), so that reloading repeats nothing.
    package static func see(_ address: PageAddress) -> Response { .redirect(to: address.description) }

    /// After a POST: look there (303). `path` is one of ours.
    package static func see(_ path: String) -> Response { .redirect(to: path) }
}
