import Core
import Hummingbird

/// What a link of a mail and a card's QR code lead to.
struct ActivationController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("activate/{token}", use: show)
        anyone.post("activate/{token}", use: choose)
    }

    @Sendable func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        let choice = choice(token, context)
        return try await choice.show(try await choice.way(token: token), try Query(request))
    }

    @Sendable func choose(_ request: Request, context: AnyoneContext) async throws -> Response {
        let token = context.parameters.get("token") ?? ""
        let choice = choice(token, context)
        return try await choice.take(try await choice.way(token: token), request)
    }

    private func choice(_ token: String, _ context: AnyoneContext) -> PasswordChoice {
        PasswordChoice(
            services: services, action: "/activate/\(token.percentEncoded)", visit: context.visit,
            chosenLanguage: context.chosenLanguage)
    }
}

/// What somebody who came with a temporary password can do: choose an own one.
struct ChoosePasswordController {
    let services: Services

    func routes(_ choosing: RouterGroup<ChoosingContext>) {
        choosing.get("choose-password", use: show)
        choosing.post("choose-password", use: choose)
    }

    @Sendable func show(_ request: Request, context: ChoosingContext) async throws -> Response {
        try await choice(context).show(.credential(context.credential), try Query(request))
    }

    @Sendable func choose(_ request: Request, context: ChoosingContext) async throws -> Response {
        try await choice(context).take(.credential(context.credential), request)
    }

    private func choice(_ context: ChoosingContext) -> PasswordChoice {
        PasswordChoice(
            services: services, action: "/choose-password", visit: context.visit,
            chosenLanguage: context.session.language)
    }
}
