import Core
import Hummingbird
import Storage

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
        let form = try await Form(request, fields: PasswordChoice.fields.union(["ask"]))
        let way = try await choice.way(token: token)
        return form.optional("ask") == nil ? try await choice.take(way, form) : try await ask(for: way, choice, context)
    }

    /// "Send me a new one". Whatever is found, the answer is the same page.
    private func ask(
        for way: Activation.Way?, _ choice: PasswordChoice, _ context: AnyoneContext
    ) async throws -> Response {
        let new = NewWayIn(
            way: way, client: ClientAddress.network(context.client), mint: IDMint(at: context.now), now: context.now)
        guard try await services.database.write({ try $0.ask(new) }) else { return try choice.tooMany() }
        services.nudgePostman()
        return .see("\(choice.action)?asked=1")
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
        let form = try await Form(request, fields: PasswordChoice.fields)
        return try await choice(context).take(.credential(context.credential), form)
    }

    private func choice(_ context: ChoosingContext) -> PasswordChoice {
        PasswordChoice(
            services: services, action: "/choose-password", visit: context.visit,
            chosenLanguage: context.session.language)
    }
}
