package import Core
package import Hummingbird

/// For whom a route is. A context of an audience exists only for those who belong to it.
package protocol Audience: ChildRequestContext where ParentContext == SiteContext {
    static var role: Role { get }
    /// For whom, when and in which words the answer is drawn.
    var visit: Visit { get }
}

/// The audiences by name, for the table of routes.
package enum Role: String, Sendable, CaseIterable {
    case anyone, choosing, signedIn, student, staff, administrator, district
}

extension Audience {
    package var now: Timestamp { visit.now }

    /// An id in the path. What is no id does not exist, like an id that nobody has.
    package func id<Owner>(_ name: String, as owner: Owner.Type = Owner.self) throws -> ID<Owner> {
        guard let id = parameters.get(name).flatMap(ID<Owner>.init) else { throw HTTPError(.notFound) }
        return id
    }
}

extension SiteContext {
    func prepared() throws -> Visit {
        guard let visit else { throw Refusal.notPrepared }
        return visit
    }

    /// The session of somebody who is all the way in.
    func fullSession() throws -> Session {
        guard let session else { throw Refusal.signInRequired }
        guard session.stage == .full else { throw Refusal.choosePasswordFirst }
        return session
    }
}

/// Anyone at all, signed in or not.
package struct AnyoneContext: Audience {
    package static let role = Role.anyone
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session?
    package let client: String?
    /// The language chosen on a page in this browser; nil when none was.
    package let chosenLanguage: String?
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = context.session
        client = context.client
        chosenLanguage = context.chosenLanguage
    }
}

/// Signed in with a temporary password; may only choose an own one.
package struct ChoosingContext: Audience {
    package static let role = Role.choosing
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    package let credential: ID<Credential>
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        guard let session = context.session else { throw Refusal.signInRequired }
        guard session.stage == .choose, let credential = session.credential else { throw Refusal.notYours }
        self.session = session
        self.credential = credential
    }
}

/// Anybody with an own password.
package struct SignedInContext: Audience {
    package static let role = Role.signedIn
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    package var person: SignedIn { session.person }
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = try context.fullSession()
    }
}

/// A student with an own password.
package struct StudentContext: Audience {
    package static let role = Role.student
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    package var person: SignedIn { session.person }
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = try context.fullSession()
        guard session.person.kind == .student else { throw Refusal.notYours }
    }
}

/// A member of staff; finds students and trackers through `teacher`.
package struct TeacherContext: Audience {
    package static let role = Role.staff
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    /// The one who asks, today.
    package let teacher: Teacher
    package var person: SignedIn { session.person }
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = try context.fullSession()
        guard session.person.kind == .staff else { throw Refusal.notYours }
        teacher = Teacher(id: session.person.id, day: SchoolDay(visit.now, in: visit.zone))
    }
}

/// An administrator; finds everything through `administrator`, whose scope every query goes through.
package struct AdministratorContext: Audience {
    package static let role = Role.administrator
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    package let administrator: Administrator
    package var person: SignedIn { session.person }
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = try context.fullSession()
        guard let administrator = session.administrator else { throw Refusal.notYours }
        self.administrator = administrator
    }
}

/// An administrator of the whole district, for what cannot be cut up by schools.
package struct DistrictContext: Audience {
    package static let role = Role.district
    package var coreContext: CoreRequestContextStorage
    package let visit: Visit
    package let session: Session
    package let administrator: Administrator
    package var person: SignedIn { session.person }
    package init(context: SiteContext) throws {
        coreContext = context.coreContext
        visit = try context.prepared()
        session = try context.fullSession()
        guard let administrator = session.administrator, administrator.hasDistrict else { throw Refusal.notYours }
        self.administrator = administrator
    }
}
