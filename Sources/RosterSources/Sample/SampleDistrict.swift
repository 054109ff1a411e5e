/// A district of invented people as a OneRoster package, for the demo and the benchmarks. The same numbers give the same bytes.
package struct SampleDistrict: Sendable {
    package static let name = "Juniper Valley School District"
    let version: OneRosterVersion
    /// The year in which the school year ends.
    let schoolYear: Int
    let people: SamplePeople
    let schools: [SampleSchool]

    /// The demo's three schools. Students and staff are spread evenly; the school year ends in `schoolYear`.
    package init(
        seed: UInt64 = 1, schools: Int = 3, staff: Int = 40, students: Int = 600, schoolYear: Int,
        version: OneRosterVersion = .v1_1
    ) {
        self.version = version
        self.schoolYear = schoolYear
        people = SamplePeople(seed: seed)
        let places = [
            "Alder Creek", "Flint Ridge", "Juniper Valley", "Otter Lake", "Fox Hollow", "Lantern Peak", "Mill Street",
        ]
        self.schools = (0..<schools).map { index in
            let kind = SampleSchool.Kind.allCases[index % 3]
            let ending = ["Elementary", "Middle", "High"][index % 3]
            let round = index / places.count
            return SampleSchool(
                index: index, kind: kind,
                name: "\(places[index % places.count]) \(ending)\(round == 0 ? "" : " \(round + 1)")",
                students: index * students / schools..<(index + 1) * students / schools,
                staff: index * staff / schools..<(index + 1) * staff / schools)
        }
    }

    /// Writes the files into a folder, which is made where there is none.
    package func write(toFolder path: String) throws { try write(to: FolderWriter(path: path)) }

    /// Writes one zip file.
    package func write(toZip path: String) throws { try write(to: ZipWriter(path: path)) }

    /// Writes file by file with flat memory, whatever the number of students.
    package func write(to writer: any PackageWriter) throws {
        var table = SampleTable(writer)
        try writeManifest(to: &table)
        try writeOrganisations(to: &table)
        try writeTerms(to: &table)
        if version == .v1_2 {
            try writeUsersAndRoles(to: &table)
        } else {
            try writeUsers(to: &table)
        }
        try writeCourses(to: &table)
        try writeClasses(to: &table)
        try writeEnrollments(to: &table)
        try table.finish()
    }

    private func writeManifest(to table: inout SampleTable) throws {
        try table.begin("manifest.csv", "propertyName,value")
        try table.row("manifest.version", "1.0")
        try table.row("oneroster.version", version == .v1_2 ? "1.2" : "1.1")
        let rostering = ["orgs", "academicSessions", "users", "courses", "classes", "enrollments"]
        for file in rostering + (version == .v1_2 ? ["roles"] : []) { try table.row("file.\(file)", "bulk") }
        let absent = [
            "categories", "classResources", "courseResources", "demographics", "lineItems", "resources", "results",
        ]
        let newer = [
            "lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds", "resultScoreScales",
            "scoreScales", "userProfiles", "userResources",
        ]
        for file in absent + (version == .v1_2 ? newer : []) { try table.row("file.\(file)", "absent") }
        try table.row("source.systemName", "FirstBell sample district")
    }

    private func writeOrganisations(to table: inout SampleTable) throws {
        try table.begin("orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId")
        try table.row("district", "", "", SampleDistrict.name, "district", "", "")
        for school in schools {
            try table.row(school.id, "", "", school.name, "school", String(school.index + 101), "district")
        }
    }

    private func writeTerms(to table: inout SampleTable) throws {
        try table.begin(
            "academicSessions.csv",
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear")
        let (begin, middle, end) = ("\(schoolYear - 1)-07-15", "\(schoolYear)-01-11", "\(schoolYear)-07-01")
        let year = String(schoolYear)
        try table.row("year", "", "", "School year", "schoolYear", begin, end, "", year)
        try table.row("autumn", "", "", "Autumn", "semester", begin, middle, "year", year)
        try table.row("spring", "", "", "Spring", "semester", middle, end, "year", year)
    }

    private func writeCourses(to table: inout SampleTable) throws {
        try table.begin(
            "courses.csv",
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"
        )
        for school in schools {
            for (subject, title) in school.subjects.enumerated() {
                try table.row(
                    school.course(subject), "", "", "year", title.isEmpty ? "Homeroom" : title, "", "", school.id, "",
                    "")
            }
        }
    }
}
