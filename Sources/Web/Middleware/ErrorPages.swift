import Core
import Hummingbird
import Logging
import Storage

/// Turns what a handler throws into a page in the visitor's language that tells what to do, and no more.
struct ErrorPages: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            if case Refusal.signInRequired = error { return try await door(request, context) }
            return try answer(error, request, context)
        }
    }

    /// Leads to the door, and from there back. A form that came after the end of its session is kept meanwhile.
    private func door(_ request: Request, _ context: SiteContext) async throws -> Response {
        let back = request.method.isUnsafe ? LocalPath.referer(of: request, services.settings) : context.visit?.path
        let returning = back == "/" ? nil : back
        guard request.method.isUnsafe, let kept = try await kept(request, context) else {
            let address = PageAddress("/sign-in", ["return": returning, "ended": context.hadSession ? "1" : nil])
            return .redirect(to: address.description)
        }
        let visit = try context.prepared()
        let page = SignInPage(returnPath: LocalPath.allowed(returning), hasEnded: true, kept: kept, visit: visit)
        return try services.answer(page, visit, status: .forbidden)
    }

    private func kept(_ request: Request, _ context: SiteContext) async throws -> KeptForm? {
        guard context.hadSession, Form.isForm(request.headers[.contentType]),
            let token = SessionCookie(services.settings.publicURL).read(from: request),
            let person = try await services.database.read({ try $0.owner(of: token) })
        else { return nil }
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= KeptForm.limit else { return nil }
            bytes += part.readableBytesView
        }
        guard let body = String(validating: bytes, as: UTF8.self) else { return nil }
        return KeptForm(action: request.uri.string, body: body, person: person)
    }

    private func answer(_ error: any Error, _ request: Request, _ context: SiteContext) throws -> Response {
        switch error {
        case Refusal.choosePasswordFirst: return .redirect(to: "/choose-password")
        case Refusal.notYours: return try page(.forbidden, context)
        case let error as BadForm: return try page(bad: error, context)
        case is PasswordHasher.Busy: return try page(.busy, context, retryAfter: 10)
        case StorageError.commitUnknown:
            services.logger.error("nobody knows whether it was saved", metadata: ["request": "\(context.id)"])
            return try page(.maybeDone, context, retryAfter: 10)
        case StorageError.unstorable: return try page(.invalidForm, context, status: .badRequest)
        case StorageError.unavailable(let reason), StorageError.away(let reason):
            services.logger.error(
                "database unavailable", metadata: ["request": "\(context.id)", "reason": "\(reason)"])
            return try page(.noDatabase, context, retryAfter: 10)
        case is LastAdministrator: return try page(.lastAdministrator, context)
        case is OwnRole: return try page(.ownRole, context)
        case StorageError.notUnique(let constraint):
            // An act that somebody else has done, or two at once who want the same: whoever was first has it.
            services.logger.notice(
                "done already", metadata: ["request": "\(context.id)", "constraint": "\(constraint)"])
            return try page(.doneAlready, context)
        case let error as any HTTPResponseError: return try page(status: error.status, error, context)
        default: return try failed(error, context)
        }
    }

    private func page(bad error: BadForm, _ context: SiteContext) throws -> Response {
        switch error {
        case .tooLarge: try page(.tooLarge, context)
        case .otherType: try page(.invalidForm, context, status: .unsupportedMediaType)
        default: try page(.invalidForm, context, status: .badRequest)
        }
    }

    private func page(status: HTTPResponse.Status, _ error: any Error, _ context: SiteContext) throws -> Response {
        switch status.code {
        case 404: try page(.notFound, context)
        case 403: try page(.forbidden, context)
        case 405: try page(.wrongMethod, context)
        case 409: try page(.doneAlready, context)
        case 413: try page(.tooLarge, context)
        case 421: try page(.otherHost, context)
        case 429: try page(.tooMany(nil), context)
        case 400..<500: try page(.invalidForm, context, status: status)
        case 503: try page(.busy, context, retryAfter: 10)
        default: try failed(error, context)
        }
    }

    /// Something that nobody foresaw. The number on the page finds the line in the log; the page says nothing else.
    private func failed(_ error: any Error, _ context: SiteContext) throws -> Response {
        let number = String(UInt32.random(in: .min ... .max), radix: 16, uppercase: true)
        services.logger.error(
            "failed", metadata: ["request": "\(context.id)", "number": "\(number)", "error": "\(error)"])
        return try page(.failed(number: number), context)
    }

    private func page(
        _ kind: ErrorPage.Kind, _ context: SiteContext, status: HTTPResponse.Status? = nil, retryAfter: Int? = nil
    ) throws -> Response {
        let visit = try context.prepared()
        var response = try services.answer(
            ErrorPage(kind, visit: visit), visit, status: status ?? .init(code: kind.status))
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}
