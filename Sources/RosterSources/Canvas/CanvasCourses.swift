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
