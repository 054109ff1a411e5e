import Core
import Hummingbird
import Rendering
import Storage

/// One's own account: what stands in it, a new password, being signed in elsewhere.
struct AccountController {
    let services: Services

    func routes(_ signedIn: RouterGroup<SignedInContext>) {
        signedIn.get("account", use: show)
        signedIn.get("account/password", use: askForPassword)
        signedIn.post("account/password", use: changePassword)
        signedIn.post("account/sessions/end", use: endOthers)
    }

    @Sendable func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let session = context.session
        let person = context.person
        let now = context.now
        // A student's own page says all that this one would.
        guard person.kind == .staff else { return .see("/account/password") }
        let found = try await services.database.read {
            (try $0.address(of: person.id), try $0.otherSessions(of: person.id, than: session.id, at: now))
        }
        let news: AccountPage.News? =
            switch try Query(request)["news"] {
            case "password": .passwordChanged
            case "sessions": .sessionsEnded
            default: nil
            }
        let page = AccountPage(
            person: person, address: found.0, otherSessions: found.1, news: news, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable func askForPassword(_ request: Request, context: SignedInContext) throws -> Response {
        let query = try Query(request)
        var idea: String?
        if query["idea"] != nil {
            var random = SystemRandomNumberGenerator()
            let form = PasswordForm.current(language: context.visit.words.language)
            idea = try PasswordRules(for: context.person.kind).idea(form: form, using: &random)
        }
        return try page(context, idea: idea, shows: query["show"] != nil)
    }

    @Sendable func changePassword(_ request: Request, context: SignedInContext) async throws -> Response {
        let form = try await Form(request, fields: ["username", "old", "password", "again"])
        let old = Redacted(try form.text("old"))
        let new = Redacted(try form.text("password"))
        if new.value.isEmpty { return try page(context, .empty) }
        if let again = form.optional("again"), again != new.value { return try page(context, .differs) }
        let change = PasswordChange(
            database: services.database, hasher: services.hasher, limits: services.settings.sessions)
        switch try await change.change(old, to: new, in: context.session, at: context.now) {
        case .changed(let token):
            services.nudgePostman()
            var response = Response.see(
                context.person.kind == .student ? "/home?news=password" : "/account?news=password")
            response.setCookie(SessionCookie(services.settings.publicURL).keeping(token))
            return response
        case .wrongOld: return try page(context, .wrongOld)
        case .isOld: return try page(context, .isOld)
        case .notTaken(let problem): return try page(context, PasswordProblem(problem))
        case .wait(let until):
            return try page(context, .wait(Wait(until: until, from: context.now)), status: .tooManyRequests)
        case .busy: return try page(context, .busy, status: .serviceUnavailable)
        }
    }

    @Sendable func endOthers(_ request: Request, context: SignedInContext) async throws -> Response {
        let session = context.session
        let now = context.now
        let entry: ID<AuditEntry> = .new(at: now)
        try await services.database.write { connection in
            let person = session.person.id
            let ended = try connection.endSessions(of: person, except: session.id)
            guard ended > 0 else { return }
            try connection.record(.sessionsEnded, by: person, subject: person, count: ended, id: entry, at: now)
        }
        return .see(context.person.kind == .staff ? "/account?news=sessions" : "/home?news=sessions")
    }

    private func page(
        _ context: SignedInContext, _ problem: PasswordProblem, status: HTTPResponse.Status = .unprocessableContent
    ) throws -> Response {
        try page(context, problem, idea: nil, shows: false, status: status)
    }

    private func page(
        _ context: SignedInContext, _ problem: PasswordProblem? = nil, idea: String?, shows: Bool,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let page = PasswordChangePage(
            kind: context.person.kind, username: context.person.username, problem: problem, idea: idea,
            showsPassword: shows, visit: context.visit)
        return try services.answer(page, context.visit, status: status)
    }
}

extension Wait {
    /// The seconds from one moment to another, rounded up.
    init(until: Timestamp, from now: Timestamp) {
        self.init(seconds: Int((until.milliseconds - now.milliseconds + 999) / 1_000))
    }
}
