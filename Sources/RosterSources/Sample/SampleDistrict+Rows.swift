extension SampleDistrict {
    func writeUsers(to table: inout SampleTable) throws {
        try table.begin(
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
                + "identifier,email,sms,phone,agentSourcedIds,grades,password,metadata.graduationYear,metadata.homeLanguage"
        )
        try forEachPerson { person, school, role, grade in
            try table.row(
                person.id, "", "", "true", school.id, role.v1_1, person.username, "", person.given, person.family, "",
                person.number, person.address, "", "", "", grade, "", leavingYear(grade), person.language)
        }
    }

    func writeUsersAndRoles(to table: inout SampleTable) throws {
        try table.begin(
            "users.csv",
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
                + "phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
                + "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.graduationYear,metadata.homeLanguage"
        )
        try forEachPerson { person, school, _, grade in
            try table.row(
                person.id, "", "", "true", person.username, "", person.given, person.family, "", person.number,
                person.address, "", "", "", grade, "", "", "", person.preferredGiven, "", "", school.id, "",
                leavingYear(grade), person.language)
        }
        try table.begin(
            "roles.csv",
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"
        )
        try forEachPerson { person, school, role, _ in
            try table.row("role-\(person.id)", "", "", person.id, "primary", role.v1_2, "", "", school.id, "")
        }
    }

    func writeClasses(to table: inout SampleTable) throws {
        try table.begin(
            "classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
                + "termSourcedIds,subjects,subjectCodes,periods")
        for school in schools {
            try school.forEachTracker { tracker, _ in
                try table.row(
                    school.id(of: tracker), "", "", school.title(of: tracker), school.grades[tracker.grade],
                    school.course(tracker.subject), "",
                    tracker.subject == 0 ? "homeroom" : "scheduled", String(100 + 10 * tracker.grade + tracker.group),
                    school.id, school.kind == .elementary ? "year" : "autumn,spring", "", "",
                    String(tracker.subject + 1))
            }
        }
    }

    func writeEnrollments(to table: inout SampleTable) throws {
        try table.begin(
            "enrollments.csv",
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"
        )
        for school in schools {
            try school.forEachTracker { tracker, teachers in
                let id = school.id(of: tracker)
                for teacher in teachers {
                    let person = people.staff(teacher).id
                    try table.row(
                        "\(id)-\(person)", "", "", id, school.id, person, "teacher",
                        teacher == teachers.first ? "true" : "false", "", "")
                }
            }
            for student in school.students {
                let person = people.student(student, in: school).id
                for tracker in school.trackers(of: student, sings: people.sings(student)) {
                    let id = school.id(of: tracker)
                    try table.row("\(id)-\(person)", "", "", id, school.id, person, "student", "", "", "")
                }
            }
        }
    }

    private func forEachPerson(_ body: (SamplePerson, SampleSchool, Role, String) throws -> Void) throws {
        for school in schools {
            for index in school.staff {
                let place = index - school.staff.lowerBound
                let role: Role = school.teachers.contains(index) ? .teacher : place == 0 ? .principal : .aide
                try body(people.staff(index), school, role, "")
            }
            for index in school.students {
                try body(people.student(index, in: school), school, .student, school.grades[school.grade(of: index)])
            }
        }
    }

    private enum Role: String {
        case principal, aide, teacher, student
        var v1_1: String { self == .principal ? "administrator" : rawValue }
        var v1_2: String { rawValue }
    }

    private func leavingYear(_ grade: String) -> String {
        grade.isEmpty ? "" : String(schoolYear + 12 - (Int(grade) ?? 0))
    }
}
