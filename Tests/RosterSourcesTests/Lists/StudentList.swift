import Core
import Foundation
import RosterSources

/// A list of students as a school sends it, for tests to read.
struct StudentList {
    static let school = RosterSchool(sourceID: "birch", name: "Birch School", kind: "school", parentID: nil)

    let file: StudentListFile

    init(_ text: String) throws { file = try StudentListFile(pasted: text, named: "list.csv") }

    init(_ bytes: [UInt8]) throws {
        file = try StudentListFile(named: "list.csv") { PiecemealBytes(bytes, piece: 3) }
    }

    var shape: StudentListShape { file.shape }

    /// The meaning of each column, by the names that forms use.
    var meanings: String { shape.columns.map(\.meaning.rawValue).joined(separator: " ") }

    /// The numbers of the columns that a person is asked about, from 1.
    var asked: [Int] { shape.columns.indices.filter { !shape.columns[$0].isCertain }.map { $0 + 1 } }

    /// All that the list gives, read as it looks, or as somebody says.
    func taken(as meanings: StudentListMeaning...) throws -> Taken {
        var taken = Taken()
        let shape = meanings.isEmpty ? shape : shape.saying(meanings) ?? shape
        _ = try file.read(as: shape, in: Self.school, into: &taken)
        return taken
    }

    /// Everything that anybody gets to see of the list.
    func told() throws -> String {
        let taken = try taken()
        return "\(shape) \(shape.encoded) \(taken.records) \(taken.problems)"
    }
}

extension Taken {
    var names: [String] { people.map { "\($0.givenName)|\($0.familyName)" } }
    var reasons: [String] { problems.map(\.reason) }
    var refusals: [RosterProblem] { problems.filter(\.isRefused) }

    var enrollments: [String] {
        records.compactMap { record in
            guard case .enrollment(let enrollment) = record else { return nil }
            return "\(enrollment.personID) in \(enrollment.trackerID)"
        }
    }
}
