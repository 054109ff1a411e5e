import Core

/// A kind of file that a format has.
struct RosterFileKind: Sendable {
    /// The name that reports use.
    let name: String
    /// Other names under which it is seen.
    var otherNames: [String] = []
    /// Without it there is nothing to take in.
    var isRequired = false
    /// Without it teachers see no students.
    var isForTrackers = false
    /// What its rows are, in a format that may send changes only.
    var rows: RosterRowKey.Kind?
    /// Throws `RosterRefused` where a column is missing.
    let row: @Sendable (any RosterValues, RosterContext) throws -> any RosterRow

    /// As `PackageMember.key`.
    var keys: [String] { ([name] + otherNames).map { $0.lowercased() } }
}

/// What the rows of a package have to know of rows in other files.
final class RosterContext {
    /// True where people carry their roles themselves, as before OneRoster 1.2.
    let peopleHaveRoles: Bool
    /// The schools of each teacher who was met.
    var teachers: [String: Set<String>] = [:]
    var canvas = CanvasCourses()

    init(peopleHaveRoles: Bool) { self.peopleHaveRoles = peopleHaveRoles }
}
