import Core
import Hummingbird
import Rendering
import Storage

/// The one page on which somebody chooses an own password, whichever way led there.
struct PasswordChoice {
    let services: Services
    /// Where its form goes: `/activate/{token}` or `/choose-password`.
    let action: String
    let visit: Visit
    /// Chosen on a page, so it counts more than the roster's; nil when it was only guessed.
    let chosenLanguage: String?

    /// The fields of its form.
    static let fields: Set<String> = ["username", "password", "again"]

    private var activation: Activation {
        Activation(
            database: services.database, keyring: services.keyring, hasher: services.hasher,
            limits: services.settings.sessions, zone: services.settings.zone)
    }

    /// The way behind a token; nil when it is none of ours.
    func way(token: String) async throws -> Activation.Way? { try await activation.way(token: Redacted(token)) }

    /// Shows the page, as often as anybody asks. Nothing is spent by looking.
    func show(_ way: Activation.Way?, _ query: Query) async throws -> Response {
        guard let way, let newcomer = try await activation.newcomer(way, at: visit.now) else {
            return try closed(isAsked: query["asked"] != nil)
        }
        var idea: String?
        if query["idea"] != nil {
            var random = SystemRandomNumberGenerator()
            let form = PasswordForm.current(language: visit(for: newcomer).words.language)
            idea = try PasswordRules(for: newcomer.kind).idea(form: form, using: &random)
        }
        return try page(newcomer, idea: idea, shows: query["show"] != nil)
    }

    /// Takes the chosen password; only here is a link spent, and only by one that keeps the rules.
    func take(_ way: Activation.Way?, _ form: Form) async throws -> Response {
        let password = Redacted(try form.text("password"))
        guard let way, let newcomer = try await activation.newcomer(way, at: visit.now) else { return try closed() }
        if password.value.isEmpty { return try page(newcomer, problem: .empty, status: .unprocessableContent) }
        if let again = form.optional("again"), again != password.value {
            return try page(newcomer, problem: .differs, status: .unprocessableContent)
        }
        switch try await activation.choose(password, by: way, language: chosenLanguage, at: visit.now) {
        case .entered(let token, let newcomer):
            if !newcomer.isRenewal { services.counters.countActivation() }
            services.nudgePostman()
            let session = try await services.database.read { [now = visit.now] in try $0.session(token, at: now) }
            let start = try await StartPage(services: services).path(of: session, visit)
            var response = Response.see(Self.home(of: newcomer, else: start))
            response.setCookie(SessionCookie(services.settings.publicURL).keeping(token))
            return response
        case .notTaken(let problem, let newcomer):
            return try page(newcomer, problem: PasswordProblem(problem), status: .unprocessableContent)
        case .busy(let newcomer):
            var response = try page(newcomer, problem: .busy, status: .serviceUnavailable)
            response.headers[.retryAfter] = "10"
            return response
        case .closed: return try closed()
        }
    }

    /// Where somebody goes on who has just chosen a password; on `start` where there is no news to tell.
    private static func home(of newcomer: Newcomer, else start: String) -> String {
        switch (newcomer.kind, newcomer.isRenewal) {
        case (.student, false): "/home?news=first"
        case (.student, true): "/home?news=password"
        case (.staff, false): start
        case (.staff, true): "/account?news=password"
        }
    }

    /// One page with one status for every way that is closed, whatever closed it.
    private func closed(isAsked: Bool = false) throws -> Response {
        try services.answer(LinkPage(canAsk: canAsk, isAsked: isAsked, visit: visit), visit, status: .notFound)
    }

    /// The same page for whoever asks for a new one more often than a whole school would.
    func tooMany() throws -> Response {
        var response = try services.answer(
            LinkPage(canAsk: canAsk, isTooMany: true, visit: visit), visit, status: .tooManyRequests)
        response.headers[.retryAfter] = "600"
        return response
    }

    /// Whoever came with a temporary password has no link to ask with.
    private var canAsk: Bool { action.hasPrefix("/activate/") }

    private func page(
        _ newcomer: Newcomer, problem: PasswordProblem? = nil, idea: String? = nil, shows: Bool = false,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let visit = visit(for: newcomer)
        let page = ChoosePasswordPage(
            kind: newcomer.kind, sender: ChoosePasswordPage.Sender(newcomer.sender), givenName: newcomer.givenName,
            username: newcomer.username, action: action, isRenewal: newcomer.isRenewal, problem: problem, idea: idea,
            showsPassword: shows, visit: visit)
        return try services.answer(page, visit, status: status)
    }

    /// A child reads the child's language, unless another was chosen on a page.
    private func visit(for newcomer: Newcomer) -> Visit {
        Visit(
            house: visit.house, words: services.catalogs.words(chosenLanguage ?? newcomer.language), zone: visit.zone,
            now: visit.now, signedIn: nil, path: visit.path)
    }
}

extension ChoosePasswordPage.Sender {
    fileprivate init(_ sender: Newcomer.Sender) {
        switch sender {
        case .teacher(let name, let school): self = .teacher(name, school: school)
        case .place(let place): self = .place(place)
        }
    }
}

extension PasswordProblem {
    /// What the rules found, in the page's terms.
    init(_ problem: PasswordRules.Problem) {
        switch problem {
        case .tooShort(let minimum): self = .tooShort(least: minimum)
        case .tooLong: self = .tooLong(most: PasswordRules.longest)
        case .tooEasy: self = .tooEasy
        case .isTemporary: self = .isTemporary
        case .isCode: self = .isCode
        case .isName: self = .isAboutYou
        }
    }
}
