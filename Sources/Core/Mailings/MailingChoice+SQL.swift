internal import Storage

extension StudentViewer {
    package var day: SchoolDay {
        switch self {
        case .teacher(let teacher): teacher.day
        case .administrator(_, let day): day
        }
    }

    /// True for an administrator, who mails and prints for schools.
    package var isForSchools: Bool {
        if case .administrator = self { true } else { false }
    }

    /// True for a student `a` of this choice; what is not theirs to choose chooses nobody, and nothing chooses the archived.
    func chose(_ choice: MailingChoice) -> SQL {
        "\(StudentState.isListed) AND \(belongs(to: choice))"
    }

    private func belongs(to choice: MailingChoice) -> SQL {
        switch self {
        case .teacher(let teacher):
            return "a.id IN (\(SQL.students(of: Self.trackers(choice, teacher), on: teacher.day)))"
        case .administrator(let administrator, _):
            if choice.isAll { return administrator.sees }
            return """
                a.id IN (SELECT m.account_id FROM membership m WHERE m.school_id IN (\(Self.schools(choice, administrator))))
                """
        }
    }

    /// Ids of the trackers of a teacher's choice.
    static func trackers(_ choice: MailingChoice, _ teacher: Teacher) -> SQL {
        let taught = SQL.trackersTaught(by: teacher)
        return choice.isAll ? taught : "\(taught) AND e.tracker_id IN \(SQL.list(choice.trackers))"
    }

    /// Ids of the schools of an administrator's choice.
    static func schools(_ choice: MailingChoice, _ administrator: Administrator) -> SQL {
        let own: SQL = "SELECT s.id FROM school s WHERE \(administrator.seesSchool)"
        return choice.isAll ? own : "\(own) AND s.id IN \(SQL.list(choice.schools))"
    }
}
