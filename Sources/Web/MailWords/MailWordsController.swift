import Core
import Hummingbird
import Mail
import Rendering
import Storage

/// The district's own words for the mails to its students and staff.
struct MailWordsController {
    let services: Services

    func routes(_ district: RouterGroup<DistrictContext>) {
        district.get("admin/mail/words", use: list)
        district.get("admin/mail/words/{letter}/{language}", use: show)
        district.post("admin/mail/words/{letter}/{language}", use: save)
        district.post("admin/mail/words/{letter}/{language}/own", use: restore)
    }

    /// A letter in one of the languages of the catalogs.
    private struct Place {
        let letter: MailLetter
        let words: Words
        let own: (subject: String, body: String)
        var href: String { MailWordsListPage.href(letter, words.language) }
    }

    @Sendable private func list(_ request: Request, context: DistrictContext) async throws -> Response {
        let languages = services.catalogs.languages
        let lines = try await services.database.read { connection in
            try MailLetter.allCases.flatMap { letter in
                try languages.map { try connection.mailWords(letter, in: $0) }
            }
        }
        return try services.answer(MailWordsListPage(lines, visit: context.visit), context.visit)
    }

    @Sendable private func show(_ request: Request, context: DistrictContext) async throws -> Response {
        let place = try place(context)
        let query = try Query(request)
        let line = try await line(of: place)
        let typed = MailWordsForm(
            subject: line.text?.subject ?? place.own.subject, body: line.text?.body ?? place.own.body,
            reader: (query["reader"] ?? "").trimmingBlanks())
        var state = MailWordsPage.State()
        if query["saved"] != nil {
            state.note = .good(
                context.visit.words("That is saved. Mails for which Send is pressed from now on say so."))
        }
        try await look(at: .some(line.text), for: typed.reader, place, &state, context)
        return try draw(line, place, typed, state, act: .new(at: context.now), context)
    }

    /// `look` shows the mail that the typed words make; only the button Save saves.
    @Sendable private func save(_ request: Request, context: DistrictContext) async throws -> Response {
        let place = try place(context)
        let form = try await Form(
            request, fields: ["act", "base", "subject", "body", "reader", "look"], limit: 262_144)
        let typed = try MailWordsForm(form)
        let act: ID<Act> = try form.id("act")
        guard let base = Int(try form.text("base")) else { throw BadForm.invalid(field: "base") }
        var state = MailWordsPage.State(base: base)
        let text: MailText?
        do { text = try typed.text(ifNot: place.own) } catch {
            state.trouble = error
            state.note = .bad(context.visit.words("Nothing is saved yet. Mend what is marked below."))
            return try draw(
                try await line(of: place), place, typed, state, act: act, context, status: .unprocessableContent)
        }
        if form.isTicked("look") {
            try await look(at: .some(text), for: typed.reader, place, &state, context)
            return try draw(try await line(of: place), place, typed, state, act: act, context)
        }
        let change = change(act, base, context)
        let outcome = try await services.database.write {
            try $0.save(text, as: place.letter, in: place.words.language, change)
        }
        return try await answer(outcome, place, typed, context)
    }

    @Sendable private func restore(_ request: Request, context: DistrictContext) async throws -> Response {
        let place = try place(context)
        let form = try await Form(request, fields: ["act", "base"])
        guard let base = Int(try form.text("base")) else { throw BadForm.invalid(field: "base") }
        let change = change(try form.id("act"), base, context)
        let outcome = try await services.database.write {
            try $0.save(nil, as: place.letter, in: place.words.language, change)
        }
        let typed = MailWordsForm(subject: place.own.subject, body: place.own.body, reader: "")
        return try await answer(outcome, place, typed, context)
    }

    private func answer(
        _ outcome: MailEdition.Outcome, _ place: Place, _ typed: MailWordsForm, _ context: DistrictContext
    ) async throws -> Response {
        switch outcome {
        case .saved:
            let reader = typed.reader.isEmpty ? nil : typed.reader
            return .see(PageAddress(place.href, ["saved": "1", "reader": reader]))
        case .notFound: throw HTTPError(.notFound)
        case .overtaken:
            var state = MailWordsPage.State(isOvertaken: true)
            state.note = .bad(
                context.visit.words(
                    "Somebody else has saved other words since you opened this page. Yours stand below and are not saved. Press Save to put them in the place of theirs."
                ))
            // The next press is another act, made from what is there now.
            return try draw(
                try await line(of: place), place, typed, state, act: .new(at: context.now), context, status: .conflict)
        }
    }

    private func place(_ context: DistrictContext) throws -> Place {
        guard let letter = context.parameters.get("letter").flatMap(MailLetter.init),
            let language = context.parameters.get("language"), services.catalogs.languages.contains(language)
        else { throw HTTPError(.notFound) }
        let words = services.catalogs.words(language)
        return Place(letter: letter, words: words, own: letter.ownText(words, services.settings.zone))
    }

    private func line(of place: Place) async throws -> MailWordsLine {
        try await services.database.read { try $0.mailWords(place.letter, in: place.words.language) }
    }

    private func change(_ act: ID<Act>, _ base: Int, _ context: DistrictContext) -> MailEdition.Change {
        MailEdition.Change(
            act: act, base: base, by: context.administrator, entry: .new(at: context.now), at: context.now)
    }

    /// The mail itself, to somebody in the administrator's scope.
    private func look(
        at text: MailText??, for username: String, _ place: Place, _ state: inout MailWordsPage.State,
        _ context: DistrictContext
    ) async throws {
        let (administrator, now) = (context.administrator, context.now)
        let draft = MailDraft(place.letter, in: place.words.language, from: context.person, saying: text)
        let mail = try await services.database.read { connection in
            try connection.reader(
                of: place.letter, named: username.isEmpty ? nil : username, for: administrator
            ).flatMap { try connection.claimedMail(of: draft, to: $0.id, at: now) }
        }
        guard let mail else {
            if !username.isEmpty {
                state.readerProblem = context.visit.words("Nobody whom this mail could go to has this username.")
            }
            return
        }
        state.looks = MailLooks(try services.mailroom.composer.preview(of: mail))
    }

    private func draw(
        _ line: MailWordsLine, _ place: Place, _ typed: MailWordsForm, _ state: MailWordsPage.State, act: ID<Act>,
        _ context: DistrictContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let page = MailWordsPage(
            line, own: place.own, typed: typed, state, act: act, ownAct: .new(at: context.now), visit: context.visit)
        return try services.answer(page, context.visit, status: status).showingMail()
    }
}
