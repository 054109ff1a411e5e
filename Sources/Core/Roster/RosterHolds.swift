internal import Storage

/// One school of a plan, with what it would lose.
struct PlannedSchool: Sendable {
    let key: String
    var name = ""
    var isNew = false
    var isGone = false
    var studentsNow = 0
    var staffNow = 0
    var trackersNow = 0
    var trackersNamed = 0
    var students = RosterChangeCounts()
    var staff = RosterChangeCounts()
    /// Of those who change, they of whom more changes than their trackers.
    var studentsAltered = 0
    var staffAltered = 0
    var hasRemovals = false
    var isHeld = false
    /// True where most people would change at once: their changes wait too.
    private(set) var changesWait = false
    /// Set while it is in a blackout: removals wait, however few.
    var blackoutUntil: Timestamp?
    /// True for a hold that makes one doubt the roster; a blackout does not.
    private(set) var isDoubtful = false

    /// Whether its removals wait for a person: more than 5 and more than a tenth would vanish, or the school itself.
    var isOverTheLimit: Bool {
        Self.isOver(students.leaving, of: studentsNow) || Self.isOver(staff.leaving, of: staffNow)
            || isGone && studentsNow + staffNow > 0
    }

    /// Holds what has to wait. `missesSomebody`: each who leaves may be somebody whose row was refused.
    mutating func hold(missesSomebody: Bool) {
        changesWait =
            Self.isMost(studentsAltered, of: studentsNow) || Self.isMost(staffAltered, of: staffNow)
        isDoubtful = changesWait || isOverTheLimit || missesSomebody && hasPeopleLeaving
        isHeld = isDoubtful || blackoutUntil != nil && hasRemovals
    }

    /// Of a plan that waits as a whole: who confirms it has looked at the changes; who leaves waits school by school.
    mutating func waitWithAll() {
        changesWait = false
        isHeld = hasRemovals
    }

    /// True for the people who are in no school.
    var isNobodys: Bool { key == RosterPlanSchool.withoutSchool }

    var hasPeopleLeaving: Bool { students.leaving + staff.leaving > 0 }

    var hasChanges: Bool { isNew || isGone || hasRemovals || students.total + staff.total > 0 }

    static func isOver(_ leaving: Int, of now: Int) -> Bool { leaving > 5 && leaving * 10 > now }

    /// More than 5 and more than three quarters.
    static func isMost(_ altered: Int, of now: Int) -> Bool { altered > 5 && altered * 4 > now * 3 }
}

/// What waits for a person in a plan.
struct RosterHolds: Sendable {
    private(set) var schools: [PlannedSchool]
    /// Nothing at all is applied until a person confirms: a kind fell to nothing, most schools are held, or the files contradict
    /// each other.
    private(set) var isWaiting = false

    /// `missesSomebody`: a person's row was refused and nobody knows whose, so that each who leaves may be that person.
    /// `stillNamed`: how many would leave whom other rows name, as where the file of people was cut short between two rows.
    init(_ found: [PlannedSchool], hasFallenToNothing: Bool, missesSomebody: Bool, stillNamed: Int = 0) {
        schools = found
        for index in schools.indices { schools[index].hold(missesSomebody: missesSomebody) }
        let held = schools.count { $0.isDoubtful && !$0.isNobodys }
        let known = schools.count { $0.studentsNow + $0.staffNow > 0 && !$0.isNobodys }
        let people = schools.reduce(0) { $0 + $1.studentsNow + $1.staffNow }
        let isTorn = stillNamed > 5 && stillNamed * 100 > people
        isWaiting = hasFallenToNothing || isTorn || held > 1 && held * 2 > known
        guard isWaiting else { return }
        for index in schools.indices { schools[index].waitWithAll() }
    }
}

extension RosterPlanner {
    /// Counts what the plan does to each school, and finds what has to wait.
    func holds(at now: Timestamp) async throws -> RosterHolds {
        let (planned, named, stillNamed, missesSomebody) = try await staging.read { connection in
            (
                try connection.plannedSchools(), try connection.kindsInRoster(), try connection.leavingStillNamed(),
                try connection.exists("SELECT 1 AS value FROM refused WHERE kind = 'person' AND source_id = ''")
            )
        }
        var (schools, known, blackouts) = try await main.read { [source] connection in
            (
                try connection.schoolsNow(of: source, joining: planned),
                try connection.kindsKnown(of: source),
                try connection.schoolsInBlackout(of: source, at: now)
            )
        }
        for (key, until) in blackouts { schools[key]?.blackoutUntil = until }
        let fell = zip(named, known).contains { !$0 && $1 }
        return RosterHolds(
            schools.values.sorted { $0.key < $1.key }, hasFallenToNothing: fell, missesSomebody: missesSomebody,
            stillNamed: stillNamed)
    }
}
