import Core

/// What enrollments of Canvas have to know: which account a section's course belongs to.
struct CanvasCourses {
    struct Course {
        let account: String
        let name: String
        let term: String
    }

    var courses: [String: Course] = [:]
    /// The account of each section that was taken.
    var sections: [String: String] = [:]
    /// Courses that people are enrolled in without a section; each is a tracker of its own.
    var asTrackers: Set<String> = []
}

extension CanvasCourses {
    func course(_ id: String) throws(RowRefused) -> Course {
        guard let course = courses[id] else {
            throw RowRefused(
                reason:
                    "This row names a course that is not in the file: {value}. Add the course, or take the row out.",
                value: id)
        }
        return course
    }
}

extension CanvasCourses.Course {
    func tracker(_ id: String, named name: String) -> RosterTracker {
        RosterTracker(sourceID: id, schoolID: account, name: name, termIDs: term.isEmpty ? [] : [term])
    }
}
