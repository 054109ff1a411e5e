import Core
import RosterSources

/// A tiny roster of invented people, file by file, for tests to spoil.
struct Roster {
    private(set) var files: [String: [UInt8]] = [:]

    init() {
        self["manifest.csv"] = """
            propertyName,value
            manifest.version,1.0
            oneroster.version,1.1
            file.orgs,bulk
            file.users,bulk
            file.courses,absent
            source.systemName,Sample SIS
            """
        self["orgs.csv"] = """
            sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
            d,,,Lindenau,district,,
            s1,,,Birch School,School,0042,d
            """
        self["academicSessions.csv"] = """
            sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
            t1,,,Year,schoolYear,2026-08-17,2027-06-12,,2027
            """
        self["users.csv"] = """
            sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,identifier,email,grades
            u1,,,true,s1,student,zoe,Zoë,O'Connor,00032,zoe@birch.example,04
            u2,,,false,"s1,d",teacher,,Ana Sofía,de la Cruz,,,
            """
        self["classes.csv"] = """
            sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
            c1,,,4B,04,k1,,homeroom,12,s1,"t1, t2",,,1
            """
        self["enrollments.csv"] = """
            sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
            e1,,,c1,s1,u1,student,,,
            e2,,,c1,s1,u2,teacher,true,2026-08-17,
            """
    }

    subscript(name: String) -> String? {
        get { files[name].map { String(decoding: $0, as: UTF8.self) } }
        set { files[name] = newValue.map { Array($0.utf8) } }
    }

    var bytes: [(name: String, bytes: [UInt8])] {
        files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    mutating func set(_ name: String, bytes: [UInt8]) { files[name] = bytes }
}

/// All that a reader handed over.
struct Taken: RosterReceiver {
    private(set) var records: [RosterRecord] = []
    private(set) var places: [RosterPlace] = []
    private(set) var problems: [RosterProblem] = []
    private(set) var changes: RosterChanges?
    private(set) var removals: [RosterRowKey] = []
    private(set) var summary = RosterSummary(format: .oneRoster)

    init() {}

    init(of path: String) throws {
        summary = try RosterPackageReader(PackageArchive(at: path)).read(into: &self)
    }

    var people: [RosterPerson] {
        records.compactMap { record in
            guard case .person(let person) = record else { return nil }
            return person
        }
    }

    var schools: [RosterSchool] {
        records.compactMap { record in
            guard case .school(let school) = record else { return nil }
            return school
        }
    }

    var trackers: [RosterTracker] {
        records.compactMap { record in
            guard case .tracker(let tracker) = record else { return nil }
            return tracker
        }
    }

    mutating func receive(_ record: RosterRecord, at place: RosterPlace) {
        records.append(record)
        places.append(place)
    }

    mutating func report(_ problem: RosterProblem) { problems.append(problem) }

    mutating func begin(_ changes: RosterChanges) { self.changes = changes }

    mutating func remove(_ row: RosterRowKey) { removals.append(row) }
}
