import Core
import Hummingbird
import Storage

/// The door: signing in and out.
struct SignInController {
    let services: Services

    func routes(_ anyone: RouterGroup<AnyoneContext>) {
        anyone.get("", use: start)
        anyone.get("sign-in", use: show)
        anyone.post("sign-in", use: signIn)
        anyone.post("sign-out", use: signOut)
    }

    /// The bare address leads everybody to where they belong.
    @Sendable func start(_ request: Request, context: AnyoneContext) async throws -> Response {
        .see(try await home(of: context.session, context.visit))
    }

    @Sendable func show(_ request: Request, context: AnyoneContext) async throws -> Response {
        if let session = context.session { return .see(try await home(of: session, context.visit)) }
        let query = try Query(request)
        let page = SignInPage(
            returnPath: LocalPath.allowed(query["return"]), showsPassword: query["show"] != nil,
            hasSignedOut: query["signed-out"] != nil, hasEnded: query["ended"] != nil, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable func signIn(_ request: Request, context: AnyoneContext) async throws -> Response {
        let form = try await Form(
            request, fields: ["username", "password", "return", "kept", "kept-action", "kept-person"],
            // What is kept is encoded once more on its way.
            limit: 4_096 + 3 * KeptForm.limit)
        let typed = try form.text("username")
        let name = typed.trimmingBlanks()
        let password = Redacted(try form.text("password"))
        let back = Back(path: LocalPath.allowed(form.optional("return")), kept: KeptForm(form))
        let visit = context.visit
        let door = SignIn(
            database: services.database, keyring: services.keyring, hasher: services.hasher,
            limits: services.settings.sessions)
        let outcome = try await door.attempt(
            name: name, password: password, language: context.chosenLanguage,
            at: visit.now)
        services.counters.count(signIn: outcome.counted)
        switch outcome {
        case .full(let token):
            let session = try await services.database.read { try $0.session(token, at: visit.now) }
            return try await entered(token, insteadOf: context.session, back, session, context)
        case .choose(let token):
            return try await entered(token, insteadOf: context.session, with: .see("/choose-password"))
        case .link(let token):
            return try await entered(with: .see("/activate/\(token.value)"), insteadOf: context.session)
        case .refused: return try again(.refused, typed, back, context, .unprocessableContent)
        case .wait(let until):
            let wait = Wait(until: until, from: visit.now)
            var response = try again(.wait(wait), typed, back, context, .tooManyRequests)
            response.headers[.retryAfter] = "\(wait.seconds)"
            return response
        case .busy:
            var response = try again(.busy, typed, back, context, .serviceUnavailable)
            response.headers[.retryAfter] = "10"
            return response
        }
    }

    /// Ends our own session and takes back our own cookies; whatever else the browser keeps is not ours to clear.
    @Sendable func signOut(_ request: Request, context: AnyoneContext) async throws -> Response {
        if let session = context.session {
            try await services.database.write { try $0.endSession(session.id) }
        }
        let url = services.settings.publicURL
        var response = Response.see("/sign-in?signed-out=1")
        response.setCookie(SessionCookie(url).forgetting())
        response.setCookie(LanguageCookie.forgetting(secure: url.isSecure))
        return response
    }

    /// Where somebody was before they had to sign in.
    private struct Back {
        let path: String?
        let kept: KeptForm?
    }

    private func entered(
        _ token: SessionToken, insteadOf old: Session?, _ back: Back, _ session: Session?, _ context: AnyoneContext
    ) async throws -> Response {
        let home = try await home(of: session, context.visit)
        let path = LocalPath.isFor(session?.person.kind, back.path) ?? home
        guard let kept = back.kept, let session, kept.person == session.person.id else {
            return try await entered(token, insteadOf: old, with: .see(path))
        }
        let page = GoOnPage(kept, home: path, visit: context.visit)
        return try await entered(token, insteadOf: old, with: try services.answer(page, context.visit))
    }

    private func entered(
        _ token: SessionToken, insteadOf old: Session?, with answer: Response
    ) async throws -> Response {
        if let old { try await services.database.write { try $0.endSession(old.id) } }
        var response = answer
        response.setCookie(SessionCookie(services.settings.publicURL).keeping(token))
        return response
    }

    /// A code leads to its link's page, which needs no session; who was signed in here before is not who typed it.
    private func entered(with answer: Response, insteadOf old: Session?) async throws -> Response {
        guard let old else { return answer }
        try await services.database.write { try $0.endSession(old.id) }
        var response = answer
        response.setCookie(SessionCookie(services.settings.publicURL).forgetting())
        return response
    }

    private func again(
        _ failure: SignInPage.Failure, _ typed: String, _ back: Back, _ context: AnyoneContext,
        _ status: HTTPResponse.Status
    ) throws -> Response {
        let page = SignInPage(
            failure: failure, typed: typed, returnPath: back.path, kept: back.kept, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }

    private func home(of session: Session?, _ visit: Visit) async throws -> String {
        try await StartPage(services: services).path(of: session, visit)
    }
}

extension SignIn.Outcome {
    fileprivate var counted: Counters.SignInOutcome {
        switch self {
        case .full: .full
        case .choose, .link: .choose
        case .refused: .refused
        case .wait: .wait
        case .busy: .busy
        }
    }
}

extension String {
    /// Without the blanks that a phone's keyboard adds around a word.
    func trimmingBlanks() -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{a0}"]
        var scalars = unicodeScalars[...]
        while let first = scalars.first, blanks.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, blanks.contains(last) { scalars.removeLast() }
        return String(scalars)
    }
}
