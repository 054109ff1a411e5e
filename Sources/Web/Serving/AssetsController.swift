import Hummingbird

/// Stylesheet, script and pictures. Under an address that names the version they may be kept for ever.
struct AssetsController {
    let assets: Assets

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("assets/{name}", use: show)
        anyone.get("favicon.ico", use: icon)
    }

    @Sendable func show(_ request: Request, context: AnyoneContext) throws -> Response {
        guard let name = context.parameters.get("name"), let file = assets[name] else { throw HTTPError(.notFound) }
        let isVersioned = try Query(request)["v"] == file.version
        return Response(
            status: .ok,
            headers: [
                .contentType: file.contentType,
                .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "no-cache",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    @Sendable func icon(_ request: Request, context: AnyoneContext) -> Response { .see(assets.address("bell.svg")) }
}
