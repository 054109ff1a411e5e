import Core
import Hummingbird
import Storage

/// "Forgot your password?": one field, and one answer for everybody.
struct ForgottenPasswordController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("forgot-password", use: show)
        anyone.post("forgot-password", use: ask)
    }

    @Sendable private func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        let isAsked = try Query(request)["asked"] != nil
        return try services.answer(ForgottenPasswordPage(isAsked: isAsked, visit: context.visit), context.visit)
    }

    @Sendable private func ask(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await Form(request, fields: ["username"])
        let typed = try form.text("username")
        let name = typed.trimmingBlanks()
        guard !name.isEmpty else { return try again(.empty, typed, context, .unprocessableContent) }
        let forgotten = ForgottenPassword(
            name: name, client: ClientAddress.network(context.client), mint: IDMint(at: context.now), now: context.now)
        guard try await services.database.write({ try $0.ask(forgotten) }) else {
            var response = try again(.tooMany, typed, context, .tooManyRequests)
            response.headers[.retryAfter] = "600"
            return response
        }
        services.nudgePostman()
        return .see("/forgot-password?asked=1")
    }

    private func again(
        _ problem: ForgottenPasswordPage.Failure, _ typed: String, _ context: AnyoneContext,
        _ status: HTTPResponse.Status
    ) throws -> Response {
        let page = ForgottenPasswordPage(failure: problem, typed: typed, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }
}

extension ClientAddress {
    /// Whom an address counts for: of IPv6 the first 64 bits, which are one household or school.
    static func network(_ client: String?) -> String? {
        guard let client, let address = ClientAddress(client) else { return client }
        return address.bytes.prefix(address.bytes.count == 16 ? 8 : 4).map { "\($0)" }.joined(separator: ".")
    }
}
