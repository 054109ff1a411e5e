import Core
import Hummingbird

/// The context of somebody who mails and prints: what they may choose and see goes through `viewer`.
protocol StudentDoorContext: Audience {
    static var door: StudentDoor { get }
    var viewer: StudentViewer { get }
    var person: SignedIn { get }
}

extension TeacherContext: StudentDoorContext {
    static var door: StudentDoor { .people }
    var viewer: StudentViewer { .teacher(teacher) }
    /// Looks at mailings and card sheets, those included that were made as an administrator.
    var reader: MailingReader { MailingReader(teacher: teacher, administrator: session.administrator) }
}

extension AdministratorContext: StudentDoorContext {
    static var door: StudentDoor { .admin }
    var viewer: StudentViewer { .administrator(administrator, SchoolDay(now, in: visit.zone)) }
}

extension MailingChoice {
    /// The choice of a form or of an address, as far as it can be read.
    init(_ door: StudentDoor, isAll: Bool, ids: [String]) {
        switch door {
        case .people: self.init(allTrackers: isAll, trackers: ids.compactMap(ID<Tracker>.init))
        case .admin: self.init(allSchools: isAll, schools: ids.compactMap(ID<School>.init))
        }
    }

    /// What an address asks for: `all=on`, or each by its id. Without either a teacher means all of her trackers; an
    /// administrator chooses.
    init(_ door: StudentDoor, _ query: Query) {
        let ids = query.list(door.field)
        self.init(door, isAll: query["all"] != nil || door == .people && ids.isEmpty, ids: ids)
    }

    init(_ door: StudentDoor, _ form: Form) throws(BadForm) {
        let ids = form.list(door.field)
        for id in ids where ID<Account>(id) == nil { throw .invalid(field: door.field) }
        self.init(door, isAll: form.isTicked("all"), ids: ids)
    }
}
