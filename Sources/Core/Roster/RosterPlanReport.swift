/// Taking in one roster, from the file to its end. Owner of ids.
package enum RosterSync {}

/// Where a roster sync stands. `refused` took nothing; `discarded` was thrown away by a person.
package enum RosterSyncState: String, Sendable, CaseIterable {
    case reading, ready, applying, applied, refused, discarded
}

/// How many people or trackers a plan would add, change, take out, or bring back.
package struct RosterChangeCounts: Sendable, Equatable {
    package var new: Int
    package var changed: Int
    package var leaving: Int
    package var back: Int
    package init(new: Int = 0, changed: Int = 0, leaving: Int = 0, back: Int = 0) {
        self.new = new
        self.changed = changed
        self.leaving = leaving
        self.back = back
    }
    package var total: Int { new + changed + leaving + back }
    package static func + (left: Self, right: Self) -> Self {
        Self(
            new: left.new + right.new, changed: left.changed + right.changed, leaving: left.leaving + right.leaving,
            back: left.back + right.back)
    }
}

/// One sync in the list of roster syncs.
package struct RosterSyncLine: Sendable, Equatable {
    package let id: ID<RosterSync>
    /// The name of the file or folder as it was given.
    package let source: String
    package let madeAt: Timestamp
    /// The person who gave the file; nil for the command line and the schedule.
    package let madeBy: String?
    package let state: RosterSyncState
    package let students: RosterChangeCounts
    /// Schools whose removals wait for a person.
    package let heldSchools: Int
    /// True for one that was read from the OneRoster service.
    package let isPulled: Bool
    package init(
        id: ID<RosterSync>, source: String, madeAt: Timestamp, madeBy: String?, state: RosterSyncState,
        students: RosterChangeCounts, heldSchools: Int, isPulled: Bool = false
    ) {
        self.isPulled = isPulled
        self.id = id
        self.source = source
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.state = state
        self.students = students
        self.heldSchools = heldSchools
    }
}

/// What a plan would do to one school.
package struct RosterPlanSchool: Sendable, Equatable {
    /// Why removals of this school do not happen by themselves: more than the limit would vanish, or most would change.
    package struct Hold: Sendable, Equatable {
        package let leavingStudents: Int
        package let ofStudents: Int
        package let leavingStaff: Int
        package let ofStaff: Int
        /// How many trackers the roster names for the school, and how many there are now: a cut file shows here.
        package let trackersNamed: Int
        package let trackersNow: Int
        /// The administrator who confirmed these removals; nil while they are held.
        package let confirmedBy: String?
        /// How many would change in more than their trackers; only where so many would that the changes wait too.
        package let alteredStudents: Int
        package let alteredStaff: Int
        /// Set where it is held in a blackout; the first moment after it.
        package let blackoutUntil: Timestamp?
        package var changesWait: Bool { alteredStudents + alteredStaff > 0 }
        package init(
            leavingStudents: Int, ofStudents: Int, leavingStaff: Int, ofStaff: Int, trackersNamed: Int,
            trackersNow: Int, confirmedBy: String?, alteredStudents: Int = 0, alteredStaff: Int = 0,
            blackoutUntil: Timestamp? = nil
        ) {
            self.blackoutUntil = blackoutUntil
            self.alteredStudents = alteredStudents
            self.alteredStaff = alteredStaff
            self.leavingStudents = leavingStudents
            self.ofStudents = ofStudents
            self.leavingStaff = leavingStaff
            self.ofStaff = ofStaff
            self.trackersNamed = trackersNamed
            self.trackersNow = trackersNow
            self.confirmedBy = confirmedBy
        }
    }
    /// The key under which people without any school are counted; no roster's id is a blank.
    package static let withoutSchool = " "

    /// The school within this plan; a new school has its key before it has an account row.
    package let key: String
    /// Empty for people without any school.
    package let name: String
    package let isNew: Bool
    package let studentsNow: Int
    package let students: RosterChangeCounts
    package let staff: RosterChangeCounts
    package let hold: Hold?
    package init(
        key: String, name: String, isNew: Bool, studentsNow: Int, students: RosterChangeCounts,
        staff: RosterChangeCounts, hold: Hold?
    ) {
        self.key = key
        self.name = name
        self.isNew = isNew
        self.studentsNow = studentsNow
        self.students = students
        self.staff = staff
        self.hold = hold
    }
}

/// All problems of one kind, with the first few places where they are.
package struct RosterProblemGroup: Sendable, Equatable {
    package let reason: String
    package let isRefused: Bool
    package let count: Int
    package let first: [RosterProblem]
    package init(reason: String, isRefused: Bool, count: Int, first: [RosterProblem]) {
        self.reason = reason
        self.isRefused = isRefused
        self.count = count
        self.first = first
    }
}

/// A roster sync as its page shows it.
package struct RosterPlanReport: Sendable, Equatable {
    package let sync: RosterSyncLine
    package let lines: Int
    /// nil for one that was refused, or that an older version has read.
    package let origin: RosterOrigin?
    package let staff: RosterChangeCounts
    package let trackers: RosterChangeCounts
    /// Held schools first, then those with changes; schools that stay as they are are only counted.
    package let schools: [RosterPlanSchool]
    package let unchangedSchools: Int
    /// Root causes first: a school or person that is missing comes before the rows that name it.
    package let problems: [RosterProblemGroup]
    /// Steps done and steps in all, while reading or applying.
    package let done: Int
    package let total: Int
    /// Why nothing was taken; only when the state is `refused`.
    package let refusal: RosterRefused?
    package let appliedAt: Timestamp?
    package let appliedBy: String?
    /// True while nothing at all can be applied: far too much would vanish, and no administrator has confirmed it.
    package let isWaiting: Bool
    /// True while what waits in it can still be confirmed: no newer plan has taken its place.
    package let isOpen: Bool
    /// Rosters that came before these changes and were not taken: what they said is missing until a whole roster comes.
    package let lost: [LostRoster]
    /// When the roster was given to which this one holds changes only, and that to which it goes back.
    package let addedTo: Timestamp?
    package let returnsTo: Timestamp?
    /// When the roster was given to which an undo of this one goes back; nil where there is no way back.
    package let undoneTo: Timestamp?
    /// How many people of all schools would change in more than their trackers.
    package let altered: Int
    /// The first rows that are left out until somebody says whether they are a person who is here, and how many there are.
    package let matches: PersonMatchList
    package init(
        sync: RosterSyncLine, lines: Int, origin: RosterOrigin? = nil, staff: RosterChangeCounts,
        trackers: RosterChangeCounts,
        schools: [RosterPlanSchool], unchangedSchools: Int, problems: [RosterProblemGroup], done: Int, total: Int,
        refusal: RosterRefused? = nil, appliedAt: Timestamp? = nil, appliedBy: String? = nil,
        isWaiting: Bool = false, isOpen: Bool = false, addedTo: Timestamp? = nil, returnsTo: Timestamp? = nil,
        undoneTo: Timestamp? = nil, altered: Int = 0, lost: [LostRoster] = [],
        matches: PersonMatchList = PersonMatchList()
    ) {
        self.sync = sync
        self.lines = lines
        self.origin = origin
        self.staff = staff
        self.trackers = trackers
        self.schools = schools
        self.unchangedSchools = unchangedSchools
        self.problems = problems
        self.done = done
        self.total = total
        self.refusal = refusal
        self.appliedAt = appliedAt
        self.appliedBy = appliedBy
        self.isWaiting = isWaiting
        self.isOpen = isOpen
        self.addedTo = addedTo
        self.returnsTo = returnsTo
        self.undoneTo = undoneTo
        self.altered = altered
        self.lost = lost
        self.matches = matches
    }
}
