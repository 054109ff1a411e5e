import Core
import Foundation
import Rendering

/// Blackout dates as a person typed them.
package struct BlackoutForm: Sendable, Equatable {
    /// Empty for all schools.
    var school = ""
    /// The first and the last day, `YYYY-MM-DD`.
    var from = ""
    var to = ""

    package init() {}

    init(_ form: Form) {
        school = String((form.optional("school") ?? "").prefix(100))
        from = String((form.optional("from") ?? "").prefix(20))
        to = String((form.optional("to") ?? "").prefix(20))
    }

    /// Why nothing was added.
    enum Problem: Error {
        case noDay, backwards, noSchool

        func sentence(_ words: Words) -> String {
            switch self {
            case .noDay: words("Give the first and the last day, as 2027-06-20.")
            case .backwards: words("The last day is before the first. Give them the other way round.")
            case .noSchool: words("This school is not there any more. Choose another.")
            }
        }
    }

    /// The press makes the id, so that two of it add one.
    func blackout(_ id: ID<Blackout>, in zone: TimeZone) throws(Problem) -> Blackout {
        guard let begin = Timestamp(startOf: from, in: zone), let end = Timestamp(startOf: to, later: 1, in: zone)
        else { throw .noDay }
        guard begin < end else { throw .backwards }
        let school: ID<School>? = ID(self.school)
        if school == nil, !self.school.isEmpty { throw .noSchool }
        return Blackout(id: id, school: school, beginsAt: begin, endsAt: end)
    }
}
