import Core
import Hummingbird
import Mail
import Storage

/// Mail one, mail many, and what became of each mail.
struct MailingsController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("people/students/send", use: ask)
        staff.post("people/students/send", use: send)
        staff.post("people/students/{student}/activation-email", use: sendOne)
        staff.get("mailings/{mailing}", use: show)
        staff.post("mailings/{mailing}/mails/{mail}/again", use: sendAgain)
    }

    @Sendable private func ask(_ request: Request, context: TeacherContext) async throws -> Response {
        let query = try Query(request, lists: ["tracker"])
        let trackers = query.list("tracker").compactMap(ID<Tracker>.init)
        let choice = MailingChoice(allTrackers: trackers.isEmpty, trackers: trackers)
        return try await draw(choice, message: "", problem: nil, act: .new(at: context.now), context)
    }

    /// `count` draws the page again with the new choice; only the button Send sends.
    @Sendable private func send(_ request: Request, context: TeacherContext) async throws -> Response {
        let form = try await Form(
            request, fields: ["act", "all", "additional", "count"], lists: ["tracker"], limit: 262_144)
        let act: ID<Act> = try form.id("act")
        let choice = MailingChoice(allTrackers: form.isTicked("all"), trackers: try form.ids("tracker"))
        let typed = form.optional("additional") ?? ""
        guard let message = AdditionalMessage.cleaned(typed) else {
            return try await draw(choice, message: typed, problem: .messageTooLong, act: act, context)
        }
        guard !form.isTicked("count") else {
            return try await draw(choice, message: message, problem: nil, act: act, context)
        }
        guard choice.allTrackers || !choice.trackers.isEmpty else {
            return try await draw(choice, message: message, problem: .nobodyChosen, act: act, context)
        }
        let (teacher, now) = (context.teacher, context.now)
        let new = NewMailing(
            act: act, choice: choice, message: message, sender: context.person, mint: IDMint(at: now), now: now)
        let sent = try await services.database.write { try $0.send(new, by: teacher) }
        guard let sent else {
            return try await draw(choice, message: message, problem: .nobodyToMail, act: act, context)
        }
        services.nudgePostman()
        return .see("/mailings/\(sent)")
    }

    @Sendable private func sendOne(_ request: Request, context: TeacherContext) async throws -> Response {
        let form = try await Form(request, fields: ["act", "return", "again"])
        let (teacher, now, id) = (context.teacher, context.now, try context.id("student", as: Account.self))
        let again = form.isTicked("again")
        let new = NewMailing(
            act: try form.id("act", as: Act.self).about(id), choice: MailingChoice(allTrackers: false), message: "",
            sender: context.person, mint: IDMint(at: now), now: now)
        let result: RowMail = try await services.database.write { connection in
            if try connection.mailing(act: new.act, by: teacher.id) != nil { return .done }
            guard let line = try connection.student(id, visibleTo: teacher, at: now) else { return .notFound }
            if !again, line.hasRecentMail(at: now) { return .askFirst(line) }
            guard let mailing = try connection.send(new, toOnly: id, again: again, by: teacher) else {
                return .notFound
            }
            let isQueued = try connection.exists("SELECT id FROM mail WHERE mailing_id = \(mailing)")
            return isQueued ? .done : .skipped
        }
        switch result {
        case .notFound: throw HTTPError(.notFound)
        case .askFirst(let line):
            let page = MailingConfirmPage(
                student: line, act: .new(at: now), cardAct: .new(at: now), visit: context.visit)
            return try services.answer(page, context.visit)
        case .skipped: return .see(StudentFilter().address)
        case .done:
            services.nudgePostman()
            return .see(StudentsNotice.address(form.optional("return"), done: "mailed", to: id))
        }
    }

    @Sendable private func show(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now, id) = (context.teacher, context.now, try context.id("mailing", as: Mailing.self))
        let after = try Query(request)["after"]
        let report = try await services.database.read {
            try $0.mailingReport(id, by: teacher, after: after, at: now)
        }
        guard let report else { throw HTTPError(.notFound) }
        let page = MailingPage(report: report, mint: IDMint(at: now), visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func sendAgain(_ request: Request, context: TeacherContext) async throws -> Response {
        _ = try await Form(request, fields: ["act", "return"])
        let (maker, now) = (context.teacher, context.now)
        let mailing: ID<Mailing> = try context.id("mailing")
        let mail: ID<OutgoingMail> = try context.id("mail")
        let entry = ID<AuditEntry>.new(at: now)
        guard
            try await services.database.write({
                try $0.sendAgain(mail, of: mailing, by: maker, entry: entry, at: now)
            })
        else { throw HTTPError(.notFound) }
        services.nudgePostman()
        return .see("/mailings/\(mailing)")
    }

    private func draw(
        _ choice: MailingChoice, message: String, problem: SendPage.Problem?, act: ID<Act>, _ context: TeacherContext
    ) async throws -> Response {
        let (teacher, now, visit) = (context.teacher, context.now, context.visit)
        let (trackers, everybody, preview) = try await services.database.read { connection in
            (
                try connection.trackers(of: teacher, at: now),
                try connection.studentCounts(of: teacher, at: now).total,
                try connection.previewMailing(choice, by: teacher, at: now)
            )
        }
        let letter = preview.mailed.first.map { reader in
            LetterPreview(
                to: reader, from: context.person, message: message, publicURL: services.house.publicURL, visit)
        }
        let page = SendPage(
            trackers: trackers, everybody: everybody, choice: choice, message: message, preview: preview,
            letter: letter, problem: problem, act: act, visit: visit)
        return try services.answer(page, visit, status: problem == nil ? .ok : .unprocessableContent)
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
