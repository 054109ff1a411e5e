import Core
import Hummingbird
import Mail
import Storage

/// Mail one, mail many, and what became of each mail; for teachers and for administrators alike.
struct MailingsController {
    let services: Services

    /// What is done from the list of students.
    func routes<Context: StudentDoorContext>(at door: RouterGroup<Context>) {
        let students = Context.door.list
        door.get(RouterPath("\(students)/send"), use: ask)
        door.post(RouterPath("\(students)/send"), use: send)
        door.post(RouterPath("\(students)/{student}/activation-email"), use: sendOne)
    }

    /// The mailings themselves.
    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("mailings/{mailing}", use: show)
        staff.post("mailings/{mailing}/mails/{mail}/again", use: sendAgain)
    }

    @Sendable private func ask<Context: StudentDoorContext>(_ request: Request, context: Context) async throws
        -> Response
    {
        let choice = MailingChoice(Context.door, try Query(request, lists: [Context.door.field]))
        return try await draw(choice, message: "", problem: nil, act: .new(at: context.now), context)
    }

    /// `count` draws the page again with the new choice; only the button Send sends.
    @Sendable private func send<Context: StudentDoorContext>(_ request: Request, context: Context) async throws
        -> Response
    {
        let form = try await Form(
            request, fields: ["act", "all", "additional", "count"], lists: [Context.door.field], limit: 262_144)
        let act: ID<Act> = try form.id("act")
        let choice = try MailingChoice(Context.door, form)
        let typed = form.optional("additional") ?? ""
        guard let message = AdditionalMessage.cleaned(typed) else {
            return try await draw(choice, message: typed, problem: .messageTooLong, act: act, context)
        }
        guard !form.isTicked("count") else {
            return try await draw(choice, message: message, problem: nil, act: act, context)
        }
        guard !choice.isEmpty else {
            return try await draw(choice, message: message, problem: .nobodyChosen, act: act, context)
        }
        guard let sent = try await mail(choice, message: message, act: act, context) else {
            return try await draw(choice, message: message, problem: .nobodyToMail, act: act, context)
        }
        services.nudgePostman()
        return .see("/mailings/\(sent)")
    }

    /// The mailing of this press; nil when nobody of the choice gets a mail. Counted before the writer is taken, since a
    /// choice may be a district.
    private func mail<Context: StudentDoorContext>(
        _ choice: MailingChoice, message: String, act: ID<Act>, _ context: Context
    ) async throws -> ID<Mailing>? {
        let (sender, now) = (context.viewer, context.now)
        let (done, expected) = try await services.database.read { connection in
            let done = try connection.mailing(act: act, by: sender.id)
            if done != nil || !sender.isForSchools { return (done, 0) }
            return (nil, try connection.previewMailing(choice, by: sender, at: now).mailed.count)
        }
        if let done { return done }
        let new = NewMailing(
            act: act, choice: choice, message: message, sender: context.person, expected: expected,
            undoUntil: now + Mailing.undo, mint: IDMint(at: now), now: now)
        return try await services.database.write { try $0.send(new, by: sender) }
    }

    @Sendable private func sendOne<Context: StudentDoorContext>(
        _ request: Request, context: Context
    ) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return", "again"])
        let (sender, now, id) = (context.viewer, context.now, try context.id("student", as: Account.self))
        let again = form.isTicked("again")
        let new = NewMailing(
            act: try form.id("act", as: Act.self).about(id), choice: MailingChoice(allTrackers: false), message: "",
            sender: context.person, mint: IDMint(at: now), now: now)
        let result: RowMail = try await services.database.write { connection in
            if try connection.mailing(act: new.act, by: sender.id) != nil { return .done }
            guard let line = try connection.student(id, seenBy: sender, at: now) else { return .notFound }
            if !again, line.hasRecentMail(at: now) { return .askFirst(line) }
            guard let mailing = try connection.send(new, toOnly: id, again: again, by: sender) else {
                return .notFound
            }
            let isQueued = try connection.exists("SELECT id FROM mail WHERE mailing_id = \(mailing)")
            return isQueued ? .done : .skipped
        }
        switch result {
        case .notFound: throw HTTPError(.notFound)
        case .askFirst(let line):
            let page = MailingConfirmPage(
                Context.door, student: line, act: .new(at: now), cardAct: .new(at: now),
                returnTo: form.optional("return"), visit: context.visit)
            return try services.answer(page, context.visit)
        case .skipped: return .see(StudentsNotice.back(form.optional("return"), at: Context.door))
        case .done:
            services.nudgePostman()
            return .see(
                StudentsNotice.address(form.optional("return"), done: "mailed", to: id, at: Context.door))
        }
    }

    @Sendable private func show(_ request: Request, context: TeacherContext) async throws -> Response {
        let (reader, now, id) = (context.reader, context.now, try context.id("mailing", as: Mailing.self))
        let after = try Query(request)["after"]
        let report = try await services.database.read {
            try $0.mailingReport(id, for: reader, after: after, at: now)
        }
        guard let report else { throw HTTPError(.notFound) }
        let page = MailingPage(report: report, after: after, mint: IDMint(at: now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func sendAgain(_ request: Request, context: TeacherContext) async throws -> Response {
        _ = try await Form(request, fields: ["act", "return"])
        let (reader, now) = (context.reader, context.now)
        let mailing: ID<Mailing> = try context.id("mailing")
        let mail: ID<OutgoingMail> = try context.id("mail")
        let entry = ID<AuditEntry>.new(at: now)
        guard
            try await services.database.write({
                try $0.sendAgain(mail, of: mailing, by: reader, entry: entry, at: now)
            })
        else { throw HTTPError(.notFound) }
        services.nudgePostman()
        services.watch.ring(mailing)
        return .see("/mailings/\(mailing)")
    }

    private func draw<Context: StudentDoorContext>(
        _ choice: MailingChoice, message: String, problem: SendPage.Problem?, act: ID<Act>, _ context: Context
    ) async throws -> Response {
        let (sender, now, visit) = (context.viewer, context.now, context.visit)
        let (groups, preview) = try await services.database.read { connection in
            (
                try connection.groups(choice, of: sender, visit.words, at: now),
                try connection.previewMailing(choice, by: sender, at: now)
            )
        }
        var letter: LetterPreview?
        if let reader = preview.mailed.first.first {
            let draft = MailDraft(.studentActivation, message: message, from: context.person)
            letter = try await services.preview(draft, to: reader.id, at: now).map(LetterPreview.init)
        }
        let page = SendPage(
            Context.door, groups: groups, choice: choice, message: message, preview: preview, letter: letter,
            problem: problem, act: act, visit: visit)
        return try services.answer(page, visit, status: problem == nil ? .ok : .unprocessableContent).showingMail()
    }
}

/// What came of pressing a row's Send Student Activation Email.
private enum RowMail: Sendable {
    case done, notFound
    /// The list was out of date: a mail could do no good any more. The list of now says why.
    case skipped
    /// A mail is on its way, was maybe sent, or left a short while ago: one more only after a question.
    case askFirst(StudentLine)
}

extension StudentLine {
    fileprivate func hasRecentMail(at now: Timestamp) -> Bool {
        switch state {
        case .sending, .maybe: true
        case .mailed: lastMailAt.map { now < $0 + .hours(12) } ?? false
        default: false
        }
    }
}
