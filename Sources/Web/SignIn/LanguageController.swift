import Core
import Hummingbird
import Rendering
import Storage

/// Reads on in another language, on the page where one was.
struct LanguageController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) { anyone.post("language", use: choose) }

    @Sendable func choose(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await Form(request, fields: ["language", "return"])
        let language = try form.text("language")
        guard services.catalogs.languages.contains(language) else { throw BadForm.invalid(field: "language") }
        if let session = context.session {
            try await services.database.write { try $0.chooseLanguage(language, in: session) }
        }
        // Where the address holds a secret, the page does not repeat it; the browser says where it was.
        let back =
            LocalPath.allowed(form.optional("return")) ?? LocalPath.referer(of: request, services.settings) ?? "/"
        var response = Response.see(back)
        response.setCookie(LanguageCookie.keeping(language, secure: services.settings.publicURL.isSecure))
        return response
    }
}
