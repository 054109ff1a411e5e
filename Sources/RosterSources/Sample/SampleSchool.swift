/// One invented school: which grades it has, and which people and trackers. All of it follows from its place in the district.
struct SampleSchool: Sendable {
    enum Kind: Sendable, CaseIterable { case elementary, middle, high }

    /// One tracker: a subject, a grade of the school, and which group of the grade.
    struct Tracker: Equatable {
        let subject: Int
        let grade: Int
        let group: Int
    }

    let index: Int
    let kind: Kind
    let name: String
    /// Whose students and staff they are, counted through the district.
    let students: Range<Int>
    let staff: Range<Int>

    var id: String { "school-\(index + 1)" }

    /// OneRoster codes of the grades (CEDS EntryGradeLevel).
    var grades: [String] {
        switch kind {
        case .elementary: ["KG", "01", "02", "03", "04", "05"]
        case .middle: ["06", "07", "08"]
        case .high: ["09", "10", "11", "12"]
        }
    }

    var subjects: [String] {
        switch kind {
        case .elementary: ["", "Choir"]
        case .middle: ["Advisory", "Mathematics", "English"]
        case .high: ["Homeroom", "Algebra", "World History"]
        }
    }

    /// Staff who teach; the first two of a larger school are its principal and an aide.
    var teachers: Range<Int> { staff.dropFirst(staff.count > 4 ? 2 : 0) }

    func grade(of student: Int) -> Int { (student - students.lowerBound) * grades.count / max(1, students.count) }

    func groups(inGrade grade: Int) -> Int { max(1, (size(ofGrade: grade) + 25) / 26) }

    /// The trackers of a student: one in an elementary school, two for those who sing, else three.
    func trackers(of student: Int, sings: Bool) -> [Tracker] {
        let grade = grade(of: student)
        let groups = groups(inGrade: grade)
        let place = student - firstStudent(ofGrade: grade)
        let homeroom = Tracker(subject: 0, grade: grade, group: place % groups)
        if kind == .elementary { return sings ? [homeroom, Tracker(subject: 1, grade: grade, group: 0)] : [homeroom] }
        return [
            homeroom, Tracker(subject: 1, grade: grade, group: (place + place / groups) % groups),
            Tracker(subject: 2, grade: grade, group: place / 2 % groups),
        ]
    }

    /// Every tracker of the school with those who teach it; each fifth has a second teacher.
    func forEachTracker(_ body: (Tracker, [Int]) throws -> Void) rethrows {
        var number = 0
        for grade in grades.indices {
            for subject in subjects.indices {
                let groups = kind == .elementary && subject == 1 ? 1 : groups(inGrade: grade)
                for group in 0..<groups {
                    let isShared = number % 5 == 4 && teachers.count > 1
                    let taught = (0..<(isShared ? 2 : min(1, teachers.count)))
                        .map { teachers.lowerBound + (number + $0) % teachers.count }
                    try body(Tracker(subject: subject, grade: grade, group: group), taught)
                    number += 1
                }
            }
        }
    }

    func id(of tracker: Tracker) -> String {
        "class-\(index + 1)-\(grades[tracker.grade])-\(tracker.subject)-\(tracker.group + 1)"
    }

    func course(_ subject: Int) -> String { "course-\(index + 1)-\(subject)" }

    /// "4B" in an elementary school, "Mathematics 7A" elsewhere.
    func title(of tracker: Tracker) -> String {
        let code = grades[tracker.grade]
        let grade = code == "KG" ? "K" : code.hasPrefix("0") ? String(code.dropFirst()) : code
        let letter = tracker.group < 26 ? String(UnicodeScalar(UInt8(65 + tracker.group))) : "-\(tracker.group + 1)"
        if kind == .elementary, tracker.subject == 1 { return "Choir \(grade)" }
        return kind == .elementary ? grade + letter : "\(subjects[tracker.subject]) \(grade)\(letter)"
    }

    private func firstStudent(ofGrade grade: Int) -> Int {
        students.lowerBound + (grade * students.count + grades.count - 1) / grades.count
    }

    private func size(ofGrade grade: Int) -> Int { firstStudent(ofGrade: grade + 1) - firstStudent(ofGrade: grade) }
}
